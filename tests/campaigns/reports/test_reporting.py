"""Visitors report wrong contacts."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from campaigns.models import Campaign, Contact, ContactReport, Target
from campaigns.reports.reporting import report, settle
from petitions.throttling import REPORTING_BY_NETWORK, count_or_refuse

from ...factories import make_campaign, make_city, make_staff, make_target

PATH = "/en/campaigns/milan-daegu/report/"


@pytest.fixture
def contact(db):
    make_campaign()
    return Contact.objects.get()


def form(contact, **changes):
    return {"contact": contact.pk, "problem": "bounced", "note": "", "leave_empty": ""} | changes


class TestVerbs:
    def test_report_of_a_contact_waits_for_its_target(self, contact):
        report(contact.target_id, contact.pk, "left", "New mayor")
        stored = ContactReport.objects.waiting().get()
        assert (stored.target, stored.contact, stored.problem, stored.note) == (
            contact.target,
            contact,
            "left",
            "New mayor",
        )

    def test_same_report_that_waits_is_not_stored_again(self, contact):
        for _ in range(2):
            report(contact.target_id, contact.pk, "left", "New mayor")
        assert ContactReport.objects.count() == 1

    @pytest.mark.parametrize("other", [{"problem": "other"}, {"note": "elsewhere"}, {"contact_id": None}])
    def test_another_report_is_stored_too(self, contact, other):
        said = {"target_id": contact.target_id, "contact_id": contact.pk, "problem": "left", "note": ""}
        report(**said)
        report(**said | other)
        assert ContactReport.objects.count() == 2

    def test_report_after_settling_is_a_new_one(self, contact):
        report(contact.target_id, contact.pk, "left")
        assert settle(ContactReport.objects.all(), make_staff("Organizers")) == 1
        report(contact.target_id, contact.pk, "left")
        assert (ContactReport.objects.count(), ContactReport.objects.waiting().count()) == (2, 1)

    def test_settling_twice_keeps_the_first_time(self, contact):
        report(contact.target_id, contact.pk, "left")
        organizer = make_staff("Organizers")
        settle(ContactReport.objects.all(), organizer)
        settled_at = ContactReport.objects.get().settled_at
        assert settle(ContactReport.objects.all(), organizer) == 0
        assert ContactReport.objects.get().settled_at == settled_at

    @pytest.mark.django_db(transaction=True)
    def test_of_equal_reports_at_once_one_is_stored(self):
        make_campaign()
        target_id = Target.objects.get().pk

        def send(_number):
            report(target_id, None, "left")
            connection.close()

        with ThreadPoolExecutor(max_workers=8) as pool:
            list(pool.map(send, range(8)))
        assert ContactReport.objects.count() == 1


@pytest.mark.usefixtures("fresh_pages")
class TestPage:
    def test_contact_of_the_link_is_chosen(self, client, contact):
        html = client.get(f"{PATH}?contact={contact.pk}").content.decode()
        assert f'<option value="{contact.pk}" selected>E-mail: mayor@milan.example</option>' in html

    @pytest.mark.parametrize(
        "query",
        [
            "?contact=x",
            "?contact=-1",
            "?contact=" + "9" * 1500,
            "?contact=%ff",
            "?done=%ff",
            "?problem=no-such",
            "?problem=%ff",
        ],
    )
    def test_odd_query_chooses_nothing(self, client, contact, query):
        response = client.get(PATH + query)
        assert response.status_code == 200
        html = response.content.decode()
        assert not re.search(r'<option value="[^"]+" selected', html)
        assert not re.search(r'<input type="radio"[^>]* checked', html)
        assert "Back to calling" not in html

    def test_problem_of_the_link_is_chosen(self, client, contact):
        html = client.get(f"{PATH}?contact={contact.pk}&problem=wrong-number").content.decode()
        [chosen] = re.findall(r'<input type="radio"[^>]* checked', html)
        assert 'value="wrong-number"' in chosen

    @override_settings(PAGE_CACHE_SECONDS=60)
    def test_each_problem_is_a_page_of_its_own(self, client, contact):
        pages = {client.get(f"{PATH}?problem={problem}").content for problem in ("", "left", "wrong-number")}
        assert len(pages) == 3

    def test_report_of_a_wrong_number_leads_back_to_calling(self, client, contact):
        response = client.post(PATH, form(contact, problem="wrong-number"), follow=True)
        html = response.content.decode()
        assert "Thank you." in html
        assert 'href="/en/campaigns/milan-daegu/call/"' in html
        assert "Back to the campaign" in html

    def test_contact_of_another_campaign_is_not_offered(self, client, contact):
        other = make_target(make_city("turin"), email="mayor@turin.example").contacts.get()
        assert "mayor@turin.example" not in client.get(f"{PATH}?contact={other.pk}").content.decode()

    def test_sent_report_is_stored_and_thanked_for(self, client, contact):
        response = client.post(PATH, form(contact, note="It is\r\nnew@milan.example "), follow=True)
        assert response.redirect_chain == [(f"{PATH}?done=1", 302)]
        assert "Thank you." in response.content.decode()
        assert ContactReport.objects.get().note == "It is\nnew@milan.example"

    def test_person_can_be_reported(self, client, contact):
        client.post(PATH, form(contact) | {"contact": f"target-{contact.target_id}"})
        stored = ContactReport.objects.get()
        assert (stored.target_id, stored.contact) == (contact.target_id, None)

    def test_refused_form_keeps_what_was_typed(self, client, contact):
        response = client.post(PATH, form(contact, problem="", note="My <b>words</b>"))
        html = response.content.decode()
        assert response.status_code == 422
        assert "<title>Error:" in html
        assert 'href="#report-problem"' in html
        assert "My &lt;b&gt;words&lt;/b&gt;" in html

    def test_too_many_are_told_when_to_return(self, client, contact):
        for _ in range(REPORTING_BY_NETWORK.times):
            count_or_refuse((REPORTING_BY_NETWORK, "127.0.0.0/24"))
        response = client.post(PATH, form(contact, note="kept"))
        assert response.status_code == 429
        assert int(response.headers["Retry-After"]) > 0
        assert "kept" in response.content.decode()
        assert not ContactReport.objects.exists()

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_draft_has_no_page(self, client, contact, method):
        Campaign.objects.update(status="draft")
        assert getattr(client, method)(PATH, form(contact)).status_code == 404

    def test_card_of_a_target_links_to_its_first_contact(self, client, contact):
        html = client.get("/en/campaigns/milan-daegu/").content.decode()
        assert f'href="{PATH}?contact={contact.pk}"' in html


@pytest.mark.django_db
def test_what_was_settled_long_ago_is_forgotten():
    target = make_target(make_city())
    for days in (1, 184):
        settled = timezone.now() - timedelta(days=days)
        ContactReport.objects.create(target=target, problem="left", settled_at=settled)
    settle(ContactReport.objects.all(), make_staff("Organizers"))
    assert ContactReport.objects.count() == 1
