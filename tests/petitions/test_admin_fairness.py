"""Reasons are written and decisions are read in the admin, by those who may."""

import pytest
from django.urls import reverse
from django.utils import timezone

from petitions import answering, moderation
from petitions.models import Decision, Reason, Report
from petitions.personal_data import erase, own_data

from ..factories import make_comment, make_petition, make_reason, make_signature, make_staff, seen

pytestmark = pytest.mark.django_db
DECISIONS = reverse("admin:petitions_decision_changelist")


@pytest.fixture
def anna():
    return make_staff("Moderators", "anna")


@pytest.fixture
def organizer(client):
    client.force_login(make_staff("Organizers"))
    return client


@pytest.fixture
def decided(anna):
    """One comment rejected, one approved by a rule."""
    petition = make_petition()
    rejected, approved = (make_comment(petition, state="pending") for _ in range(2))
    moderation.reject(seen([rejected]), anna, reason=make_reason(), note="A whole country")
    moderation.approve(seen([approved]), None)
    return rejected, approved


class TestDecisions:
    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("", {"rejected", "approved"}),
            ("?who={anna}", {"rejected"}),
            ("?who=rule", {"approved"}),
            ("?verb=reject", {"rejected"}),
            ("?reason=insult", {"rejected"}),
            ("?reason=advertising", set()),
            ("?day={today}", {"rejected", "approved"}),
            ("?day=2020-01-01", set()),
            ("?q={number}", {"rejected"}),
        ],
    )
    def test_organizer_filters_decisions(self, organizer, decided, anna, query, shown):
        query = query.format(anna=anna.pk, today=timezone.localdate().isoformat(), number=decided[0].pk)
        page = organizer.get(DECISIONS + query).content.decode()
        names = dict(zip(("rejected", "approved"), decided, strict=True))
        assert {name for name, row in names.items() if f">#{row.pk}</a>" in page} == shown

    @pytest.mark.parametrize(
        "query", ["?who=x", "?who=" + "9" * 40, "?verb=x", "?reason=x", "?day=x", "?day=9999-12-31", "?q=x", "?q=%00"]
    )
    def test_nonsense_in_a_filter_is_no_error(self, organizer, decided, query):
        assert organizer.get(DECISIONS + query).status_code < 500

    def test_decision_is_only_read(self, organizer, decided):
        page = reverse("admin:petitions_decision_change", args=[Decision.objects.first().pk])
        assert organizer.get(page).status_code == 200
        assert organizer.post(page, {"note": "x"}).status_code == 403
        assert organizer.get(reverse("admin:petitions_decision_add")).status_code == 403

    def test_moderator_reads_their_own(self, client, anna, decided):
        client.force_login(anna)
        page = client.get(f"{DECISIONS}?day={timezone.localdate().isoformat()}").content.decode()
        assert f">#{decided[0].pk}</a>" in page
        assert f">#{decided[1].pk}</a>" not in page
        other = Decision.objects.get(by="rule")
        assert client.get(reverse("admin:petitions_decision_change", args=[other.pk])).status_code == 302

    def test_moderator_cannot_ask_for_anybody_elses(self, client, anna, decided):
        client.force_login(make_staff("Moderators", "bruno"))
        assert f">#{decided[0].pk}</a>" not in client.get(f"{DECISIONS}?who={anna.pk}").content.decode()

    def test_moderator_sees_the_history_of_a_comment(self, client, anna, decided):
        answering.object_to_decision(decided[0], "It is true.")
        client.force_login(anna)
        page = client.get(reverse("admin:petitions_comment_change", args=[decided[0].pk])).content.decode()
        assert "anna: rejected (Speaks ill of a people or a city · A whole country)" in page
        assert "the author: objected (It is true.)" in page

    @pytest.mark.parametrize("number", [1, 3])
    def test_statements_do_not_grow_with_decisions(self, organizer, anna, number, django_assert_num_queries):
        petition = make_petition()
        for _ in range(number):
            moderation.reject(seen([make_comment(petition, state="pending")]), anna, reason=make_reason())
        with django_assert_num_queries(9):
            organizer.get(DECISIONS)


class TestReasons:
    def test_list_names_them_in_the_readers_language(self, organizer):
        page = organizer.get(reverse("admin:petitions_reason_changelist")).content.decode()
        assert "Speaks ill of a people or a city" in page

    def test_organizer_changes_the_words(self, organizer):
        reason = make_reason()
        page = reverse("admin:petitions_reason_change", args=[reason.pk])
        assert organizer.get(page).status_code == 200
        texts = list(reason.texts.order_by("language"))
        data = {"position": 5, "texts-TOTAL_FORMS": len(texts), "texts-INITIAL_FORMS": len(texts)}
        for place, text in enumerate(texts):
            row = {"id": text.pk, "reason": reason.pk, "language": text.language, "sentence": text.sentence}
            data |= {
                f"texts-{place}-{name}": value for name, value in (row | {"title": f"New {text.language}"}).items()
            }
        assert organizer.post(page, data).status_code == 302
        assert {text.title for text in reason.texts.all()} == {"New en", "New it", "New ko"}

    def test_reason_is_never_deleted(self, organizer):
        page = reverse("admin:petitions_reason_delete", args=[make_reason().pk])
        assert organizer.post(page, {"post": "yes"}).status_code == 403

    def test_moderator_does_not_change_them(self, client, anna):
        client.force_login(anna)
        assert client.get(reverse("admin:petitions_reason_changelist")).status_code == 403

    def test_every_first_reason_has_words_in_every_language_of_the_interface(self, settings):
        languages = {code for code, _name in settings.LANGUAGES}
        for reason in Reason.objects.all():
            assert {text.language for text in reason.texts.all()} >= languages, reason.key


def test_own_data_tells_what_was_decided_and_answered_but_not_by_whom(anna):
    signature = make_signature()
    comment = make_comment(signature.petition, state="pending", signature=signature)
    moderation.reject(seen([comment]), anna, reason=make_reason())
    answering.object_to_decision(comment, "It is true.")
    (told,) = own_data(signature)["comments"]
    assert [(row["decision"], row["reason"]) for row in told["decisions"]] == [
        ("reject", "Speaks ill of a people or a city")
    ]
    assert [(row["kind"], row["words"]) for row in told["answers"]] == [("object", "It is true.")]
    assert "anna" not in str(told)


def test_erasing_takes_what_was_said_in_reports_along():
    comment, signature = make_comment(), make_signature(make_petition("mine"), email="r@mail.example")
    Report.objects.create(
        petition=signature.petition,
        comment=comment,
        reason=make_reason(),
        explanation="It names me.",
        email="r@mail.example",
        canonical_email=signature.canonical_email,
        language="en",
    )
    assert own_data(signature)["reports"][0]["explanation"] == "It names me."
    erase(signature)
    left = Report.objects.get()
    assert (left.email, left.canonical_email, left.explanation) == ("", "", "")
