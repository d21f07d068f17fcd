"""Organizers keep targets current in the admin."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import ContactReport, OpeningHours, Target
from campaigns.targets.checks import STALE_AFTER

from ...factories import make_campaign, make_city, make_staff, make_target
from ..studio.test_admin_campaigns import change_url, inline

pytestmark = pytest.mark.django_db
LIST = reverse("admin:campaigns_target_changelist")
REPORTS = reverse("admin:campaigns_contactreport_changelist")


@pytest.fixture
def organizer(client):
    client.force_login(make_staff("Organizers"))
    return client


def fields_of(city, **changes):
    fields = {"name": "Giulia Bianchi", "city": city, "closes_on_holidays": "on"}
    return fields | inline("texts") | inline("contacts") | inline("opening_hours") | inline("closures") | changes


class TestTargetPage:
    def add(self, organizer, city, **contact):
        fields = fields_of(city, **inline("contacts", {"position": 0} | contact))
        return organizer.post(reverse("admin:campaigns_target_add"), fields, follow=True)

    def test_new_target_is_saved_with_its_first_contact(self, organizer):
        self.add(organizer, make_city().pk, kind="telephone", value="02 8845 0136")
        assert Target.objects.get().contacts.get().kind == "telephone"

    def test_contact_that_cannot_be_called_is_refused(self, organizer):
        answer = self.add(organizer, make_city().pk, kind="telephone", value="12")
        assert "Write the whole number" in answer.content.decode()
        assert not Target.objects.exists()

    def test_contact_of_a_target_without_city_is_asked_for_again(self, organizer):
        assert self.add(organizer, "", kind="telephone", value="+39 02 8845 0136").status_code == 200

    def test_hours_and_closed_days_are_saved(self, organizer):
        hours = {"from_weekday": 0, "to_weekday": 4, "opens_at": "09:00", "closes_at": "12:30"}
        closed = {"starts_on": "2026-08-10", "ends_on": "2026-08-21", "reason": "Summer"}
        rows = inline("opening_hours", hours) | inline("closures", closed)
        organizer.post(reverse("admin:campaigns_target_add"), fields_of(make_city().pk, **rows))
        target = Target.objects.get()
        assert str(target.opening_hours.get()) == "Monday–Friday 09:00–12:30"
        assert target.closures.get().starts_on == date(2026, 8, 10)

    def test_closed_days_without_a_last_one_are_a_single_day(self, organizer):
        rows = inline("closures", {"starts_on": "2026-08-10", "ends_on": ""})
        organizer.post(reverse("admin:campaigns_target_add"), fields_of(make_city().pk, **rows))
        assert Target.objects.get().closures.get().ends_on == date(2026, 8, 10)

    def test_closed_days_without_a_first_one_are_refused(self, organizer):
        rows = inline("closures", {"starts_on": "", "ends_on": "", "reason": "Summer"})
        answer = organizer.post(reverse("admin:campaigns_target_add"), fields_of(make_city().pk, **rows))
        assert "This field is required." in answer.content.decode()
        assert not Target.objects.exists()

    def test_last_day_before_the_first_is_refused(self, organizer):
        rows = inline("closures", {"starts_on": "2026-08-10", "ends_on": "2026-08-09"})
        answer = organizer.post(reverse("admin:campaigns_target_add"), fields_of(make_city().pk, **rows))
        assert "The last day comes after the first." in answer.content.decode()

    def test_office_hours_lead_to_their_rows(self, organizer):
        page = organizer.get(change_url(make_target(make_city()))).content.decode()
        assert '<a href="#opening_hours-group">' in page
        assert 'id="opening_hours-group"' in page

    def test_saved_hours_are_shown_as_the_browser_wants_them(self, organizer):
        target = make_target(make_city())
        OpeningHours.objects.create(target=target, opens_at="09:00", closes_at="12:30")
        assert 'type="time" name="opening_hours-0-opens_at" value="09:00"' in organizer.get(
            change_url(target)
        ).content.decode().replace("\n", "")

    def test_hours_that_end_before_they_begin_are_refused(self, organizer):
        hours = {"from_weekday": 0, "to_weekday": 4, "opens_at": "12:00", "closes_at": "09:00"}
        fields = fields_of(make_city().pk, **inline("opening_hours", hours))
        answer = organizer.post(reverse("admin:campaigns_target_add"), fields)
        assert "write the later time second" in answer.content.decode()

    def test_saved_target_that_callers_cannot_time_is_warned_about(self, organizer):
        answer = self.add(organizer, make_city().pk, kind="telephone", value="+39 02 8845 0136").content.decode()
        assert "To reach this target well" in answer
        assert "Giulia Bianchi can be called, but has no opening hours" in answer

    def test_page_says_what_is_missing_and_what_visitors_report(self, organizer):
        target = make_target(make_city())
        note = "<b>New</b> mayor"
        ContactReport.objects.create(target=target, contact=target.contacts.get(), problem="left", note=note)
        page = organizer.get(change_url(target)).content.decode()
        assert "The contacts of Giulia Bianchi were never checked." in page
        assert "This person is no longer in office" in page
        assert "&lt;b&gt;New&lt;/b&gt; mayor" in page

    def test_moderator_cannot_open_it(self, client):
        client.force_login(make_staff("Moderators"))
        target = make_target(make_city())
        assert [client.get(url).status_code for url in (LIST, change_url(target))] == [403, 403]


class TestVerification:
    def targets(self):
        """Never, long ago and lately verified, all of a published campaign."""
        campaign = make_campaign()
        never = Target.objects.get()
        today = timezone.localdate()
        stale = make_target(campaign.asked_city, name="Stale", verified_on=today - STALE_AFTER - timedelta(days=1))
        fresh = make_target(campaign.asked_city, name="Fresh", verified_on=today - STALE_AFTER)
        for target in (stale, fresh):
            campaign.campaign_targets.create(target=target, role="staff")
        return never, stale, fresh

    @pytest.mark.parametrize(
        ("choice", "places"), [("never", [0]), ("stale", [1]), ("fresh", [2]), ("due", [0, 1]), ("nonsense", [0, 1, 2])]
    )
    def test_filter_lists_by_when_contacts_were_checked(self, organizer, choice, places):
        targets = self.targets()
        found = organizer.get(LIST, {"verified": choice}).context["cl"].queryset
        assert set(found) == {targets[place] for place in places}

    def test_target_of_no_published_campaign_need_not_be_checked(self, organizer):
        make_target(make_city())
        assert list(organizer.get(LIST, {"verified": "due"}).context["cl"].queryset) == []

    def test_list_says_in_words_what_is_to_be_checked(self, organizer):
        self.targets()
        page = organizer.get(LIST).content.decode()
        assert "never</span>" in page
        assert page.count("check again") == 1

    def test_action_marks_contacts_as_checked_today(self, organizer):
        target, *_others = self.targets()
        organizer.post(LIST, {"action": "contacts_checked", "_selected_action": [target.pk]})
        target.refresh_from_db()
        assert target.verified_on == timezone.localdate()

    def test_overview_counts_and_links_what_is_to_be_checked(self, organizer):
        self.targets()
        page = organizer.get(reverse("admin:index")).content.decode()
        assert f'<a href="{LIST}?verified=due">2 targets’ contacts are to be checked</a>' in page

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_targets(self, organizer, number, django_assert_num_queries):
        for position in range(number):
            make_target(make_city(f"city-{position}"))
        with django_assert_num_queries(10):
            organizer.get(LIST)


class TestReports:
    @pytest.fixture
    def report(self):
        target = make_target(make_city())
        return ContactReport.objects.create(target=target, contact=target.contacts.get(), problem="bounced", note="new")

    def test_list_shows_contact_note_and_a_link_to_the_target(self, organizer, report):
        page = organizer.get(REPORTS).content.decode()
        assert "E-mail: mayor@milan.example" in page
        assert f'href="{change_url(report.target)}#contacts-group"' in page

    def test_waiting_reports_come_first(self, organizer, report):
        settled = ContactReport.objects.create(target=report.target, problem="left", settled_at=timezone.now())
        assert list(organizer.get(REPORTS).context["cl"].queryset) == [report, settled]
        assert list(organizer.get(REPORTS, {"state": "settled"}).context["cl"].queryset) == [settled]

    def test_action_settles(self, organizer, report):
        organizer.post(REPORTS, {"action": "mark_settled", "_selected_action": [report.pk]})
        report.refresh_from_db()
        assert report.settled_at

    def test_tick_on_the_page_settles(self, organizer, report):
        organizer.post(change_url(report), {"is_settled": "on"})
        report.refresh_from_db()
        assert report.settled_at

    def test_nothing_that_was_said_can_be_changed(self, organizer, report):
        organizer.post(change_url(report), {"note": "other", "problem": "left"})
        report.refresh_from_db()
        assert (report.note, report.problem, report.settled_at) == ("new", "bounced", None)

    def test_report_of_a_deleted_contact_stays(self, organizer, report):
        report.contact.delete()
        assert organizer.get(change_url(report)).status_code == 200

    def test_overview_counts_and_links_what_waits(self, organizer, report):
        page = organizer.get(reverse("admin:index")).content.decode()
        assert f'<a href="{REPORTS}?state=waiting">1 report of a wrong contact waits</a>' in page

    def test_moderator_sees_no_reports(self, client, report):
        client.force_login(make_staff("Moderators"))
        assert [client.get(url).status_code for url in (REPORTS, change_url(report))] == [403, 403]
        assert REPORTS not in client.get(reverse("admin:index")).content.decode()

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_reports(self, organizer, number, django_assert_num_queries):
        for position in range(number):
            target = make_target(make_city(f"city-{position}"))
            ContactReport.objects.create(target=target, contact=target.contacts.get(), problem="left")
        with django_assert_num_queries(8):
            organizer.get(REPORTS)


def test_target_somebody_reported_can_be_deleted(organizer):
    target = make_target(make_city())
    ContactReport.objects.create(target=target, problem="left")
    organizer.post(f"/admin/campaigns/target/{target.pk}/delete/", {"post": "yes"})
    assert not Target.objects.filter(pk=target.pk).exists()
