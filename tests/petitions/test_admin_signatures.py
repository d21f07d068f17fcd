"""Signatures in the admin: read, paged by key, invalidated with a reason."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from petitions.models import Comment, Follower, Signature, StaffAct

from ..factories import make_petition, make_signature, make_staff

pytestmark = pytest.mark.django_db
LIST = reverse("admin:petitions_signature_changelist")
ROWS = 230


@pytest.fixture
def organizer(client):
    client.force_login(make_staff("Organizers"))
    return client


@pytest.fixture
def many():
    """More rows than two pages hold, of each kind that is paged by key."""
    petition = make_petition()
    first = make_signature(petition)
    Signature.objects.bulk_create(copies(first, lambda number: {"email": f"s{number}@mail.example"}))
    comment = Comment(petition=petition, signature=first, text="Words", language="en", confirmed_at=first.confirmed_at)
    Comment.objects.bulk_create([comment, *copies(comment, lambda number: {})])
    follower = Follower(petition=petition, email="f@mail.example", canonical_email="f@mail.example", language="en")
    Follower.objects.bulk_create(copies(follower, lambda number: {"email": f"f{number}@mail.example"}))
    act = StaffAct(actor_id=1, actor_name="a", verb="approve", object_kind="comment", object_id=1)
    StaffAct.objects.bulk_create(copies(act, lambda number: {"object_id": number}))


def copies(row, changes):
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    fields.pop("id")
    for number in range(ROWS):
        change = changes(number)
        if "email" in change:
            change["canonical_email"] = change["email"]
        yield type(row)(**fields | change)


def older(page):
    return re.search(r'<a href="(\?[^"]*before=\d+)" rel="next">', page)


def act(organizer, verb, signature, **answers):
    """From a list, or a page of reasons, that shows the signature as the test holds it."""
    chosen = {"action": verb, "index": 0, "_selected_action": signature.pk, f"seen-{signature.pk}": signature.as_seen}
    return organizer.post(LIST, chosen | answers, follow=True).content.decode()


class TestPaging:
    @pytest.mark.parametrize("model", ["signature", "comment", "follower", "staffact"])
    def test_pages_neither_count_nor_skip_rows(self, organizer, many, model):
        url, query, pages = reverse(f"admin:petitions_{model}_changelist"), "", 0
        with CaptureQueriesContext(connection) as captured:
            while True:
                page = organizer.get(url + query).content.decode()
                pages += 1
                if not (link := older(page)):
                    break
                query = link[1].replace("&amp;", "&")
        statements = " ".join(statement["sql"] for statement in captured).upper()
        assert pages >= 3
        assert "COUNT(" not in statements
        assert "OFFSET" not in statements

    def test_pages_together_show_every_row_once(self, organizer, many):
        first = organizer.get(LIST)
        second = organizer.get(LIST + older(first.content.decode())[1])
        third = organizer.get(LIST + older(second.content.decode())[1])
        keys = [row.pk for page in (first, second, third) for row in page.context["cl"].result_list]
        assert sorted(keys) == sorted(Signature.objects.values_list("pk", flat=True))
        assert len(keys) == len(set(keys))

    def test_key_that_is_no_number_is_not_found(self, organizer):
        assert organizer.get(LIST + "?before=x").status_code == 404


class TestSearch:
    @pytest.mark.parametrize("term", ["first.last@gmail.com", "firstlast+news@googlemail.com"])
    def test_whole_address_in_any_writing_finds_its_signature(self, organizer, term):
        make_signature(email="firstlast@gmail.com", name="Found Person")
        assert "Found Person" in organizer.get(LIST, {"q": term}).content.decode()

    def test_number_finds_its_signature(self, organizer):
        signature = make_signature(name="Found Person")
        assert "Found Person" in organizer.get(LIST, {"q": str(signature.pk)}).content.decode()

    def test_part_of_an_address_finds_nothing(self, organizer):
        make_signature(email="elena@mail.example", name="Elena Marchi")
        assert "Elena Marchi" not in organizer.get(LIST, {"q": "elena"}).content.decode()


class TestActs:
    def test_invalidating_asks_for_a_reason_first(self, organizer):
        signature = make_signature()
        answer = organizer.post(LIST, {"action": "invalidate", "index": 0, "_selected_action": signature.pk})
        assert 'name="reason"' in answer.content.decode()
        signature.refresh_from_db()
        assert signature.is_confirmed

    def test_reason_given_invalidates_and_is_logged(self, organizer):
        signature = make_signature()
        act(organizer, "invalidate", signature, reason="A robot", public_reason="machine")
        signature.refresh_from_db()
        assert signature.state == "invalidated"
        assert StaffAct.objects.get(verb="invalidate").note == "A robot"
        assert signature.invalidated_for == "machine"

    def test_public_reason_is_asked_for(self, organizer):
        signature = make_signature()
        act(organizer, "invalidate", signature, reason="A robot")
        signature.refresh_from_db()
        assert signature.is_confirmed

    def test_page_of_reasons_carries_large_keys_whole(self, organizer):
        signature = make_signature(pk=1_234_567)
        answer = organizer.post(LIST, {"action": "invalidate", "index": 0, "_selected_action": signature.pk})
        assert 'name="_selected_action" value="1234567"' in answer.content.decode()

    def test_empty_reason_is_asked_for_again(self, organizer):
        signature = make_signature()
        organizer.post(LIST, {"action": "invalidate", "index": 0, "_selected_action": signature.pk, "reason": ""})
        signature.refresh_from_db()
        assert signature.is_confirmed

    def test_passed_review_takes_the_mark_away(self, organizer):
        signature = make_signature(review_reason="many from one network")
        act(organizer, "pass_review", signature)
        signature.refresh_from_db()
        assert signature.review_reason == ""

    @pytest.mark.parametrize(("verb", "state"), [("invalidate", "confirmed"), ("restore", "invalidated")])
    def test_signature_that_changed_since_is_left_as_it_is(self, organizer, verb, state):
        signature = make_signature(state=state)
        Signature.objects.update(state="withdrawn", withdrawn_at=signature.signed_at)
        page = act(organizer, verb, signature, reason="A robot", public_reason="machine")
        assert Signature.objects.get().state == "withdrawn"
        assert f"#{signature.pk} was left as it is: “withdrawn”." in page

    def test_mark_that_changed_since_stays(self, organizer):
        signature = make_signature(review_reason="captcha unreachable")
        Signature.objects.update(review_reason="many from one network")
        assert "Please look again" in act(organizer, "pass_review", signature)
        assert Signature.objects.marked_for_review().exists()

    def test_page_of_reasons_carries_what_it_shows(self, organizer):
        signature = make_signature()
        assert f'name="seen-{signature.pk}" value="{signature.as_seen}"' in act(organizer, "invalidate", signature)

    @pytest.mark.parametrize("page", ["add/", "{}/delete/"])
    def test_organizer_cannot_add_or_delete(self, organizer, page):
        assert organizer.get(LIST + page.format(make_signature().pk)).status_code == 403

    def test_signature_page_cannot_be_changed(self, organizer):
        signature = make_signature()
        url = reverse("admin:petitions_signature_change", args=[signature.pk])
        assert organizer.post(url, {"name": "Somebody Else"}).status_code == 403


class TestPetition:
    def test_address_of_an_opened_petition_cannot_be_changed(self, organizer):
        petition = make_petition()
        page = organizer.get(reverse("admin:petitions_petition_change", args=[petition.pk])).content.decode()
        assert 'name="slug"' not in page

    def test_opened_petition_cannot_be_deleted(self, organizer):
        petition = make_petition()
        assert organizer.post(reverse("admin:petitions_petition_delete", args=[petition.pk])).status_code == 403

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_petitions(self, organizer, number, django_assert_num_queries):
        for index in range(number):
            make_petition(f"petition-{index}", languages=("en", "it"))
        with django_assert_num_queries(8):
            organizer.get(reverse("admin:petitions_petition_changelist"))
