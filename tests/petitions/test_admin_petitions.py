"""Petitions and mail domains in the admin: what decides about signatures is dated by the site and logged."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from petitions.models import DomainRule, Petition, StaffAct

from ..factories import make_petition, make_staff

pytestmark = pytest.mark.django_db
RULES = reverse("admin:petitions_domainrule_changelist")
LONG_AGO = {"_0": "2020-01-01", "_1": "00:00:00"}


@pytest.fixture
def organizer(client):
    client.force_login(make_staff("Organizers"))
    return client


def save(organizer, petition, **fields):
    url = reverse("admin:petitions_petition_change", args=[petition.pk])
    inline = {"texts-TOTAL_FORMS": 0, "texts-INITIAL_FORMS": 0}
    form = {"slug": petition.slug, "status": petition.status, "goal": 100, "source_language": "en"}
    answer = organizer.post(url, form | inline | fields)
    petition.refresh_from_db()
    return answer


def dated(field):
    return {field + part: value for part, value in LONG_AGO.items()}


def acts():
    return list(StaffAct.objects.order_by("pk").values_list("verb", "object_kind"))


class TestTimes:
    def test_opening_time_of_an_opened_petition_stays(self, organizer):
        petition = make_petition()
        before = petition.opened_at
        save(organizer, petition, **dated("opened_at"))
        assert petition.opened_at == before

    def test_opening_time_to_come_can_be_changed(self, organizer):
        petition = make_petition(status="draft", opened_at=timezone.now() + timedelta(days=3))
        save(organizer, petition, **dated("opened_at"))
        assert petition.opened_at.year == 2020

    def test_closing_is_dated_by_the_site(self, organizer):
        petition = make_petition()
        save(organizer, petition, status="closed", **dated("closed_at"))
        assert petition.closed_at > timezone.now() - timedelta(minutes=1)

    def test_closing_time_of_a_closed_petition_stays(self, organizer):
        petition = make_petition(status="closed", closed_at=timezone.now())
        before = petition.closed_at
        save(organizer, petition, **dated("closed_at"))
        assert petition.closed_at == before

    def test_time_to_close_in_the_past_is_refused(self, organizer):
        petition = make_petition(opened_at="2019-01-01T00:00Z")
        answer = save(organizer, petition, **dated("closes_at"))
        assert "still to come" in answer.content.decode()
        assert petition.closes_at is None


class TestLog:
    @pytest.mark.parametrize(
        ("before", "after", "verb"),
        [
            ("draft", "open", "publish"),
            ("open", "closed", "close"),
            ("closed", "open", "reopen"),
            ("open", "draft", "unpublish"),
        ],
    )
    def test_change_of_status_is_logged(self, organizer, before, after, verb):
        petition = make_petition(status=before, closed_at=timezone.now() if before == "closed" else None)
        save(organizer, petition, status=after)
        assert acts() == [(verb, "petition")]

    def test_petition_made_open_at_once_is_logged(self, organizer):
        form = {"slug": "new", "status": "open", "goal": 100, "source_language": "en"}
        form |= {"texts-TOTAL_FORMS": 0, "texts-INITIAL_FORMS": 0}
        organizer.post(reverse("admin:petitions_petition_add"), form)
        assert Petition.objects.get().status == "open"
        assert acts() == [("publish", "petition")]

    def test_change_of_anything_else_is_not_logged(self, organizer):
        save(organizer, make_petition(), goal=200)
        assert acts() == []

    def test_added_domain_rule_is_logged_with_what_it_says(self, organizer):
        organizer.post(RULES + "add/", {"domain": "new.example", "alias_of": "gmail.com", "strips_dots": "on"})
        assert acts() == [("add", "domainrule")]
        assert StaffAct.objects.get().note == "new.example: ignores dots, same as gmail.com"

    def test_changed_domain_rule_is_logged(self, organizer):
        rule = DomainRule.objects.get(domain="pm.me")
        organizer.post(f"{RULES}{rule.pk}/change/", {"domain": "pm.me", "alias_of": "evil.example"})
        assert acts() == [("change", "domainrule")]

    def test_deleted_domain_rule_is_logged(self, organizer):
        organizer.post(f"{RULES}{DomainRule.objects.get(domain='pm.me').pk}/delete/", {"post": "yes"})
        assert acts() == [("delete", "domainrule")]

    def test_domain_rules_deleted_together_are_logged_each(self, organizer):
        chosen = [rule.pk for rule in DomainRule.objects.all()[:2]]
        organizer.post(RULES, {"action": "delete_selected", "_selected_action": chosen, "post": "yes"})
        assert acts() == [("delete", "domainrule")] * 2
