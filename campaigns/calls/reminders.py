"""A file that puts the next call into the caller's calendar."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext
from icalendar import Alarm, Calendar, Event

from .card import Calls, Number, Script
from .office_hours import next_moment

# At the stroke of opening lines are busy, and whoever answers has just come in.
AFTER_OPENING = timedelta(minutes=10)
CALL_TAKES = timedelta(minutes=10)
ALARM_BEFORE = timedelta(minutes=5)
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")


def reminder(calls: Calls, number: Number, link: str) -> bytes | None:
    """An iCalendar file for the next time this number answers; None where nobody knows when that is."""
    starts_at = _starts_at(number)
    if starts_at is None:
        return None
    title = gettext("Call %(who)s") % {"who": _who(number)}
    event = Event()
    event.add("uid", f"call-{number.pk}-{starts_at:%Y%m%dT%H%M%SZ}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", calls.now.astimezone(UTC))
    event.add("dtstart", starts_at)
    event.add("dtend", starts_at + CALL_TAKES)
    event.add("summary", _one_line(title))
    event.add("description", _clean(_description(calls, number, link)))
    event.add("url", link)
    event.add_component(_alarm(title))
    calendar = Calendar()
    calendar.add("prodid", "-//Sister City Campaigns//Reminder to call//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical()


def _starts_at(number: Number) -> datetime | None:
    """Soon after the next opening; where that is in the caller's night, at the first good time for both."""
    if number.status is None or number.status.opens_at is None:
        return None
    if zone := number.caller.zone:
        after = number.status.closes_at or number.status.now
        found = [next_moment(schedule, after, AFTER_OPENING, zone) for schedule in number.schedules]
        if moments := [moment for moment in found if moment]:
            return min(moments).astimezone(UTC)
    return number.status.opens_at.astimezone(UTC) + AFTER_OPENING


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _one_line(title))
    alarm.add("trigger", -ALARM_BEFORE)
    return alarm


def _who(number: Number) -> str:
    card = number.answered_by[0]
    return card.name or str(card.office) or number.city


def _description(calls: Calls, number: Number, link: str) -> str:
    dialled = number.dialled.number if number.dialled else ""
    parts = [
        "\n".join(dict.fromkeys(shown for shown in (dialled, number.shown) if shown)),
        *(_spoken(script) for script in calls.scripts),
        _one_line(str(calls.page.headline)),
        link,
    ]
    return "\n\n".join(part for part in parts if part)


def _spoken(script: Script) -> str:
    """Line beneath line, as on the page."""
    if not script.lines:
        return "\n\n".join(str(words) for words in (script.words, script.sounds, script.meaning) if words)
    lines = ([line.words, f"({line.sounds})" if line.sounds else "", line.meaning] for line in script.lines)
    return "\n\n".join("\n".join(part for part in line if part) for line in lines)


def _clean(text: str) -> str:
    """Calendar programs break on control characters, and icalendar lets them through."""
    return CONTROL_CHARACTER.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _one_line(text: str) -> str:
    return " ".join(_clean(text).split())
