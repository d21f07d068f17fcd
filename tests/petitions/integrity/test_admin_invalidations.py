"""Staff's pages: previewed, asked for, agreed to by another person, undone; and objections."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from petitions import counting, moderation
from petitions.integrity import invalidations, objections
from petitions.models import Invalidation, Objection, Signature

from ...factories import make_petition, make_signature, make_staff, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition():
    return make_petition()


@pytest.fixture
def organizer(client):
    staff = make_staff("Organizers")
    client.force_login(staff)
    return staff


def bots(petition, number):
    for n in range(number):
        make_signature(petition, email=f"s{n}@bots.example")
    counting.recount(repair=True)


def asked_for(of, **fields):
    named = {"petition": of.pk, "mail_domain": "bots.example", "reason": "bots", "public_reason": "machine"}
    return named | fields


def hidden(response):
    return {name: response.context[name] for name in ("seal", "below")}


def new_url():
    return reverse("admin:petitions_invalidation_add")


def page_url(asked):
    return reverse("admin:petitions_invalidation_change", args=[asked.pk])


def test_preview_stores_nothing_and_tells_the_number(client, organizer, petition):
    bots(petition, 3)
    response = client.post(new_url(), asked_for(petition))
    assert "3 signatures would leave the count" in response.content.decode()
    assert not Invalidation.objects.exists()


def test_what_was_previewed_is_asked_for(client, organizer, petition):
    bots(petition, 11)
    previewed = client.post(new_url(), asked_for(petition))
    response = client.post(new_url(), asked_for(petition, ask="1", **hidden(previewed)))
    asked = Invalidation.objects.get()
    assert response.url == page_url(asked)
    assert (asked.state, asked.expected_count) == ("drafted", 11)


def test_criteria_changed_since_the_preview_are_previewed_again(client, organizer, petition):
    bots(petition, 1)
    previewed = client.post(new_url(), asked_for(petition))
    again = asked_for(petition, ask="1", **hidden(previewed)) | {"mail_domain": "mail.example"}
    assert client.post(new_url(), again).status_code == 409
    assert not Invalidation.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"mail_domain": ""},
        {"petition": "x"},
        {"mail_domain": "x" * 100_000},
        {"delay_below": "-1"},
        {"network_hash": "*"},
        {"signed_from": "yesterday"},
        {"ask": "1", "reason": ""},
        {"ask": "1", "public_reason": ""},
        {"public_reason": "no such"},
    ],
)
def test_bad_input_is_told_on_the_page(client, organizer, petition, wrong):
    response = client.post(new_url(), asked_for(petition, **wrong))
    assert response.status_code == 422
    assert "errorlist" in response.content.decode()


@pytest.mark.parametrize("wrong", [{"below": "x"}, {"below": "9" * 30}, {"seal": "x" * 1000}])
def test_forged_preview_is_refused(client, organizer, petition, wrong):
    bots(petition, 1)
    assert client.post(new_url(), asked_for(petition, ask="1", **wrong)).status_code in (409, 422)
    assert not Invalidation.objects.exists()


def test_criteria_in_the_address_are_previewed_at_once(client, organizer, petition):
    bots(petition, 3)
    html = client.get(new_url(), {"petition": petition.pk, "mail_domain": "bots.example"}).content.decode()
    assert 'value="bots.example"' in html
    assert "3 signatures would leave the count" in html


def test_nonsense_in_the_address_is_told_on_the_page(client, organizer):
    assert client.get(new_url(), {"petition": "x", "mail_domain": "*" * 500}).status_code == 422


def test_asker_is_offered_no_yes_and_a_colleague_is(client, organizer, petition):
    bots(petition, 11)
    asked = Invalidation(petition=petition, mail_domain="bots.example", reason="r", below=invalidations.newest_key())
    invalidations.ask(asked, organizer)
    assert 'value="agree"' not in client.get(page_url(asked)).content.decode()
    client.force_login(make_staff("Organizers", "second"))
    assert 'value="agree"' in client.get(page_url(asked)).content.decode()
    client.post(page_url(asked), {"act": "agree"})
    asked.refresh_from_db()
    assert asked.state == "agreed"


def test_done_one_is_undone_by_its_button(client, organizer, petition):
    bots(petition, 2)
    asked = Invalidation(petition=petition, mail_domain="bots.example", reason="r", below=invalidations.newest_key())
    invalidations.ask(asked, organizer)
    while invalidations.proceed():
        pass
    assert "2 of 2 signatures are out of the count" in client.get(page_url(asked)).content.decode()
    client.post(page_url(asked), {"act": "undo"})
    while invalidations.proceed():
        pass
    assert Signature.objects.confirmed().count() == 2


def test_unknown_step_and_unknown_number_are_not_found(client, organizer, petition):
    assert client.post(new_url().replace("add", "99/change")).status_code == 404
    bots(petition, 1)
    asked = Invalidation(petition=petition, mail_domain="bots.example", reason="r", below=invalidations.newest_key())
    invalidations.ask(asked, organizer)
    assert client.post(page_url(asked), {"act": "delete"}).status_code == 404


def test_moderator_sees_none_of_it(client, petition):
    client.force_login(make_staff("Moderators"))
    for page in ("add", "changelist"):
        assert client.get(reverse(f"admin:petitions_invalidation_{page}")).status_code == 403
    assert client.get(reverse("admin:petitions_objection_changelist")).status_code == 403


def test_objections_ask_as_much_for_many_as_for_one(client, organizer):
    statements = []
    for number in (1, 2):
        bots(make_petition(slug=f"p{number}"), number)
        for row in Signature.objects.confirmed():
            moderation.invalidate(seen([row]), organizer, "r")
            row.refresh_from_db()
            objections.object_to(row, "It was me.")
        with CaptureQueriesContext(connection) as seen_queries:
            assert client.get(reverse("admin:petitions_objection_changelist")).status_code == 200
        statements.append(len(seen_queries))
    assert statements[0] == statements[1]


def test_objection_is_upheld_from_the_list(client, organizer, petition):
    bots(petition, 1)
    row = Signature.objects.get()
    moderation.invalidate(seen([row]), organizer, "r")
    row.refresh_from_db()
    objections.object_to(row, "<b>me</b>")
    url = reverse("admin:petitions_objection_changelist")
    assert "&lt;b&gt;me" in client.get(url).content.decode()
    client.post(url, {"action": "uphold", "_selected_action": Objection.objects.get().pk, "index": 0})
    assert Signature.objects.confirmed().count() == 1
