"""The calendar file of the next call: read back by a calendar, and looked at as bytes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from campaigns.calls.card import Calls
from campaigns.calls.dialling import Caller
from campaigns.calls.reminders import reminder
from campaigns.models import Campaign, CampaignTarget, CampaignText, Closure, Contact, OpeningHours, Target, TargetText
from campaigns.reading.page import pages

from ...factories import make_call_script, make_campaign, make_hours, make_number, make_target

pytestmark = pytest.mark.django_db

SUNDAY = datetime(2026, 11, 22, 20, tzinfo=UTC)
LINK = "https://site.example/en/campaigns/milan-daegu/call/"


@pytest.fixture
def target():
    make_campaign()
    target = Target.objects.get()
    make_number(target)
    make_hours(target, "09:00", "12:30", 0, 4)
    return target


def file(language="en", now=SUNDAY, zone=""):
    calls = Calls(pages(Campaign.objects.all(), language)[0], Caller(zone_name=zone), now)
    return reminder(calls, calls.numbers[0], LINK)


def event(**kwargs):
    [found] = Calendar.from_ical(file(**kwargs)).walk("VEVENT")
    return found


def test_event_lasts_ten_minutes_soon_after_opening(target):
    found = event()
    assert found.decoded("dtstart") == datetime(2026, 11, 23, 8, 10, tzinfo=UTC)
    assert found.decoded("dtend") - found.decoded("dtstart") == timedelta(minutes=10)


def test_times_are_written_in_utc(target):
    assert b"\r\nDTSTART:20261123T081000Z\r\n" in file()
    assert b"\r\nDTSTAMP:20261122T200000Z\r\n" in file()


def test_file_has_what_calendars_ask_for(target):
    calendar = Calendar.from_ical(file())
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    [alarm] = calendar.walk("VALARM")
    assert (alarm["action"], alarm.decoded("trigger")) == ("DISPLAY", timedelta(minutes=-5))


def test_same_opening_keeps_its_name(target, settings):
    settings.SITE_URL = "https://site.example:8443"
    number = Contact.objects.get(kind="telephone")
    assert event()["uid"] == event(now=SUNDAY + timedelta(minutes=5))["uid"]
    assert event()["uid"] == f"call-{number.pk}-20261123T081000Z@site.example"


def test_description_holds_number_script_and_link(target):
    make_call_script({"it": "Grazie.", "en": "Thanks."}, {"en": "GRAHT-syeh"}, campaign=Campaign.objects.get())
    text = event()["description"]
    assert "+39 02 8845 0136" in text
    assert "Grazie.\n(GRAHT-syeh)\nThanks." in text
    assert text.endswith(LINK)


def test_script_whose_lines_differ_is_whole(target):
    make_call_script({"it": "Buongiorno.\nGrazie.", "en": "Thanks."}, campaign=Campaign.objects.get())
    assert "Buongiorno.\nGrazie.\n\nThanks." in event()["description"]


@pytest.mark.parametrize(
    "nasty",
    [
        "Peace; love, and \\ more",
        "One\r\nBEGIN:VEVENT\r\nSUMMARY:Two",
        "One\rATTENDEE:mailto:x@mail.example",
        "One\x0bTwo\x85Three\u2028Four\x07",
        "도시 " * 50,
    ],
)
def test_words_of_organizers_stay_words(target, nasty):
    CampaignText.objects.update(headline=nasty)
    TargetText.objects.update(office=nasty)
    Target.objects.update(name="")
    words = " ".join(nasty.replace("\x07", " ").split())
    found = event()
    assert words in found["description"]
    assert found["summary"] == f"Call {words}"
    assert set(found) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL"}


def test_lines_are_folded_by_octets_and_end_as_calendars_want(target):
    make_call_script({"it": "감사합니다 " * 80}, campaign=Campaign.objects.get())
    raw = file("ko")
    lines = raw.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(b"\n" not in line and b"\r" not in line and line.decode() is not None for line in lines)
    assert raw.endswith(b"END:VCALENDAR\r\n")


def test_office_that_is_open_is_reminded_of_at_its_next_opening(target):
    found = event(now=datetime(2026, 11, 23, 9, tzinfo=UTC))
    assert found.decoded("dtstart") == datetime(2026, 11, 24, 8, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hours", "starts_at"),
    [
        ("Asia/Seoul", ("09:00", "12:30"), (23, 8, 10)),  # 17:10 there
        ("America/New_York", ("09:00", "16:00"), (23, 13, 0)),  # 8:00 there, the office still open
        ("America/New_York", ("09:00", "12:30"), (23, 8, 10)),  # never: soon after opening, as for anyone
        ("Europe/London", ("08:45", "12:30"), (23, 8, 0)),  # 7:55 there
    ],
)
def test_caller_is_not_woken_where_the_office_is_open_later(target, zone, hours, starts_at):
    OpeningHours.objects.update(opens_at=hours[0], closes_at=hours[1])
    assert event(zone=zone).decoded("dtstart") == datetime(2026, 11, *starts_at, tzinfo=UTC)


def test_opening_in_the_callers_night_is_left_for_the_next(target):
    make_hours(target, "14:00", "17:00", 2, 2)
    assert event(zone="America/New_York").decoded("dtstart") == datetime(2026, 11, 25, 13, 10, tzinfo=UTC)


def test_caller_is_not_woken_where_another_office_has_the_same_number(target):
    other = make_target(target.city)
    CampaignTarget.objects.create(campaign=Campaign.objects.get(), target=other, role="staff", position=1)
    make_number(other)
    make_hours(other, "15:00", "17:00")
    assert event(zone="America/New_York").decoded("dtstart") == datetime(2026, 11, 23, 14, 10, tzinfo=UTC)


def test_open_office_reminds_of_the_next_opening_in_the_callers_day(target):
    make_hours(target, "14:00", "16:00", 0, 4)
    found = event(now=datetime(2026, 11, 23, 9, tzinfo=UTC), zone="America/New_York")
    assert found.decoded("dtstart") == datetime(2026, 11, 23, 13, 10, tzinfo=UTC)


def test_office_closed_for_long_has_no_reminder(target):
    Closure.objects.create(target=target, starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31))
    assert file() is None
