"""Moderators decide comments from the list, and see nobody's address."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from petitions import moderation
from petitions.models import Comment, Decision

from ..factories import make_comment, make_petition, make_reason, make_signature, make_staff, seen, written_in

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:petitions_comment_changelist")


@pytest.fixture
def moderator(client):
    client.force_login(make_staff("Moderators"))
    return client


def press(client, verb, *comments):
    chosen = {"action": verb, "index": 0, "_selected_action": [comment.pk for comment in comments]}
    return client.post(QUEUE, chosen | shown(*comments), follow=True)


def press_in_row(client, verb, comment):
    value = f"{verb}:{comment.pk}" + (":insult" if verb in ("reject", "hide") else "")
    return client.post(QUEUE, {"decide": value} | shown(comment), follow=True)


def shown(*comments):
    """What the list carries of each row, taken from the comment as the test holds it."""
    return {f"seen-{comment.pk}": comment.as_seen for comment in comments}


def states():
    return list(Comment.objects.order_by("pk").values_list("state", flat=True))


class TestQueue:
    def test_default_view_shows_waiting_comments_only(self, moderator):
        petition = make_petition()
        make_comment(petition, state="pending", text="Still waiting")
        make_comment(petition, state="approved", text="Long decided")
        page = moderator.get(QUEUE).content.decode()
        assert "Still waiting" in page
        assert "Long decided" not in page

    def test_unconfirmed_comment_is_not_in_the_queue(self, moderator):
        make_comment(state="pending", text="Not confirmed", confirmed_at=None)
        assert "Not confirmed" not in moderator.get(QUEUE + "?state=all").content.decode()

    def test_comment_is_shown_in_the_language_it_is_written_in(self, moderator):
        make_comment(state="pending", text="مرحبا", language="it", **written_in("ar"))
        assert '<div class="comment-text" lang="ar" dir="auto">مرحبا</div>' in moderator.get(QUEUE).content.decode()

    def test_language_that_nobody_is_sure_of_is_not_said(self, moderator):
        make_comment(state="pending", text="Basta!", language="it")
        assert '<div class="comment-text" lang="" dir="auto">Basta!</div>' in moderator.get(QUEUE).content.decode()

    def test_filter_counts_what_waits_by_what_it_is_written_in(self, moderator):
        petition = make_petition()
        for language in ("fr", "fr", ""):
            make_comment(petition, state="pending", language="it", **written_in(language))
        page = moderator.get(QUEUE).content.decode()
        assert "French (2)" in page
        assert "unsure (1)" in page
        assert "Italian (" not in page

    @pytest.mark.parametrize(("chosen", "shown"), [("fr", "Honte à vous"), ("unsure", "Basta!")])
    def test_filter_shows_what_is_written_in_the_language(self, moderator, chosen, shown):
        petition = make_petition()
        make_comment(petition, state="pending", text="Honte à vous", language="it", **written_in("fr"))
        make_comment(petition, state="pending", text="Basta!", language="it", **written_in(""))
        page = moderator.get(f"{QUEUE}?written_in={chosen}").content.decode()
        assert [text for text in ("Honte à vous", "Basta!") if f">{text}</div>" in page] == [shown]

    @pytest.mark.parametrize(("typed", "stored"), [("Spanish", "es"), ("", ""), ("no language", "fr")])
    def test_moderator_corrects_the_language(self, moderator, typed, stored):
        comment = make_comment(state="pending", **written_in("fr"))
        page = reverse("admin:petitions_comment_change", args=[comment.pk])
        button = re.search(r'formaction="([^"]+)"', moderator.get(page).content.decode())[1]
        answer = moderator.post(button, {"written_in": typed}, follow=True).content.decode()
        comment.refresh_from_db()
        assert comment.written_in == stored
        assert ("errornote" in answer or 'class="error"' in answer) is (typed == "no language")

    def test_who_does_not_moderate_corrects_no_language(self, client):
        comment = make_comment(state="pending", **written_in("fr"))
        reader = make_staff("Organizers")
        reader.groups.clear()
        reader.user_permissions.add(Permission.objects.get(codename="view_comment"))
        client.force_login(reader)
        response = client.post(reverse("admin:petitions_comment_language", args=[comment.pk]), {"written_in": "es"})
        assert response.status_code == 403

    def test_page_of_a_comment_says_how_sure_its_language_is(self, moderator):
        comment = make_comment(state="pending", **written_in("fr"))
        page = moderator.get(reverse("admin:petitions_comment_change", args=[comment.pk])).content.decode()
        assert "Français (90% sure, by its words)" in page

    def test_markup_in_a_comment_is_escaped(self, moderator):
        make_comment(state="pending", text="<script>alert(1)</script>")
        assert "<script>alert(1)" not in moderator.get(QUEUE).content.decode()

    def test_petition_filter_keeps_to_one_petition(self, moderator):
        chosen = make_petition("chosen")
        make_comment(chosen, state="pending", text="Here")
        make_comment(make_petition("other"), state="pending", text="Elsewhere")
        page = moderator.get(f"{QUEUE}?petition={chosen.pk}").content.decode()
        assert "Here" in page
        assert "Elsewhere" not in page

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_comments(self, moderator, number, django_assert_num_queries):
        for index in range(number):
            petition = make_petition(f"petition-{index}")
            parent = make_comment(petition, signature=make_signature(petition))
            make_comment(petition, state="pending", parent=parent)
        with django_assert_num_queries(12):
            moderator.get(QUEUE)


class TestDeciding:
    def test_bulk_approve_changes_all_and_logs_each(self, moderator):
        petition = make_petition()
        press(moderator, "approve", *(make_comment(petition, state="pending") for _ in range(2)))
        assert states() == ["approved", "approved"]
        assert Decision.objects.filter(verb="approve", actor_name="moderators").count() == 2

    @pytest.mark.parametrize(
        ("state", "verb", "after"),
        [
            ("pending", "reject", "rejected"),
            ("pending", "spam", "spam"),
            ("approved", "hide", "hidden"),
            ("hidden", "restore", "approved"),
        ],
    )
    def test_button_in_a_row_decides_that_comment(self, moderator, state, verb, after):
        comment = make_comment(state=state)
        press_in_row(moderator, verb, comment)
        assert states() == [after]

    @pytest.mark.parametrize("reason", ["", ":no-such", ":" + "x" * 5000])
    def test_rejecting_without_a_reason_of_the_list_changes_nothing(self, moderator, reason):
        comment = make_comment(state="pending")
        page = moderator.post(QUEUE, {"decide": f"reject:{comment.pk}{reason}"} | shown(comment), follow=True)
        assert states() == ["pending"]
        assert "Choose a reason" in page.content.decode()

    def test_bulk_reject_takes_the_reason_chosen_for_all(self, moderator):
        comment = make_comment(state="pending")
        chosen = {"action": "reject", "index": 0, "_selected_action": [comment.pk], "reason": "off-topic"}
        moderator.post(QUEUE, chosen | shown(comment))
        assert Decision.objects.get().reason.key == "off-topic"

    def test_made_up_decision_changes_nothing(self, moderator):
        make_comment(state="pending")
        moderator.post(QUEUE, {"decide": "delete:1"})
        assert states() == ["pending"]

    def test_reader_without_permission_cannot_decide(self, client):
        user = make_staff("Moderators")
        user.groups.clear()
        user.user_permissions.add(*user.user_permissions.model.objects.filter(codename="view_comment"))
        client.force_login(user)
        comment = make_comment(state="pending")
        assert client.post(QUEUE, {"decide": f"approve:{comment.pk}"}).status_code == 403
        assert states() == ["pending"]


class TestStaleScreen:
    """Each decision carries the row as its screen showed it."""

    @pytest.fixture
    def overtaken(self):
        """A comment that another moderator has rejected since it was fetched."""
        comment = make_comment(state="pending")
        moderation.reject(seen([comment]), make_staff("Moderators", "anna"), reason=make_reason())
        return comment

    @pytest.mark.parametrize("act", [press, press_in_row])
    def test_stale_approve_changes_nothing_and_says_who_decided_what(self, moderator, overtaken, act):
        page = act(moderator, "approve", overtaken).content.decode()
        assert states() == ["rejected"]
        assert f"#{overtaken.pk} was left as it is: “rejected”. Last decision: rejected, by anna on" in page

    def test_others_of_a_bulk_act_are_decided(self, moderator, overtaken):
        other = make_comment(overtaken.petition, state="pending")
        press(moderator, "approve", overtaken, other)
        assert states() == ["rejected", "approved"]

    def test_row_not_on_the_screen_is_not_decided(self, moderator):
        comment = make_comment(state="pending")
        moderator.post(QUEUE, {"decide": f"approve:{comment.pk}"})
        assert states() == ["pending"]

    def test_words_changed_since_are_to_be_read_again(self, moderator):
        comment = make_comment(state="pending")
        Comment.objects.update(text="Other words.")
        page = press_in_row(moderator, "approve", comment).content.decode()
        assert states() == ["pending"]
        assert f"#{comment.pk} reads otherwise" in page

    def test_comment_taken_back_is_said_to_be_gone(self, moderator):
        comment = make_comment(state="pending")
        Comment.objects.filter(pk=comment.pk).delete()
        assert f"#{comment.pk} is gone" in press_in_row(moderator, "approve", comment).content.decode()

    def test_list_carries_each_row_as_it_shows_it(self, moderator):
        comment = make_comment(state="pending")
        assert f'name="seen-{comment.pk}" value="{comment.as_seen}"' in moderator.get(QUEUE).content.decode()


class TestPrivacy:
    def test_moderator_sees_no_address_anywhere(self, moderator):
        petition = make_petition()
        signature = make_signature(petition, email="hidden1@secret.example")
        signed = make_comment(petition, state="pending", signature=signature)
        private = {"email": "hidden2@secret.example", "canonical_email": "hidden2@secret.example"}
        make_comment(petition, state="pending", parent=signed, name="Ugo Neri", **private)
        seen = crawl(moderator, reverse("admin:index"))
        assert len(seen) > 5
        assert [url for url, page in seen.items() if "secret.example" in page] == []

    @pytest.mark.parametrize("term", ["hidden@secret.example", "secret"])
    def test_search_by_address_finds_nothing(self, moderator, term):
        make_comment(state="pending", text="Words", canonical_email="hidden@secret.example")
        assert "Words" not in moderator.get(QUEUE, {"q": term}).content.decode()

    @pytest.mark.parametrize("lookup", ["email__contains", "canonical_email", "signature__email__startswith"])
    def test_lookup_by_address_in_the_url_is_refused(self, moderator, lookup):
        make_comment(state="pending", text="Words")
        assert moderator.get(QUEUE, {lookup: "h"}).status_code == 400

    @pytest.mark.parametrize("page", ["campaigns_campaign", "petitions_signature", "petitions_follower"])
    def test_moderator_cannot_open_organizers_pages(self, moderator, page):
        assert moderator.get(reverse(f"admin:{page}_changelist")).status_code == 403


def crawl(client, start):
    """All pages of the admin that links lead to, with their contents."""
    seen, waiting = {}, [start]
    while waiting:
        url = waiting.pop()
        answer = client.get(url)
        seen[url] = answer.content.decode() if answer.status_code == 200 else ""
        links = {link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', seen[url])}
        base = url.partition("?")[0]
        paths = {base + link if link.startswith("?") else link for link in links}
        waiting += [path for path in paths if path.startswith("/admin/") and path not in seen and path not in waiting]
    return seen
