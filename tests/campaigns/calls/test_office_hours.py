"""When an office answers: in its own time, on its own days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaigns.calls.office_hours import ClosedDays, Schedule, Stretch, next_moment, status, zone_named

ROME, SEOUL = ZoneInfo("Europe/Rome"), ZoneInfo("Asia/Seoul")
MORNING, AFTERNOON = Stretch(0, 4, time(9), time(12, 30)), Stretch(0, 4, time(14), time(16, 30))
ALWAYS = Stretch(0, 6, time(0), time(23, 59))
MILAN = Schedule(ROME, (MORNING, AFTERNOON), (ClosedDays(date(2026, 12, 7), date(2026, 12, 7), "Sant’Ambrogio"),), "IT")


def rome(*moment, fold=0):
    return datetime(*moment, tzinfo=ROME, fold=fold)


def of(*stretches, zone=ROME, **fields):
    return Schedule(zone, stretches, **fields)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ((2026, 11, 23, 8, 59, 59), False),
        ((2026, 11, 23, 9, 0), True),
        ((2026, 11, 23, 12, 29, 59), True),
        ((2026, 11, 23, 12, 30), False),
        ((2026, 11, 23, 13, 59), False),
        ((2026, 11, 23, 14, 0), True),
        ((2026, 11, 23, 16, 30), False),
        ((2026, 11, 27, 16, 29), True),
        ((2026, 11, 28, 10, 0), False),
        ((2026, 11, 29, 10, 0), False),
    ],
)
def test_office_is_open_from_its_first_minute_until_its_last(moment, is_open):
    assert status(MILAN, rome(*moment)).is_open == is_open


@pytest.mark.parametrize(
    ("moment", "opens_at"),
    [
        ((2026, 11, 23, 0, 0), (2026, 11, 23, 9)),
        ((2026, 11, 23, 13, 0), (2026, 11, 23, 14)),
        ((2026, 11, 23, 23, 59), (2026, 11, 24, 9)),
        ((2026, 11, 27, 16, 30), (2026, 11, 30, 9)),
        ((2026, 11, 23, 10, 0), (2026, 11, 23, 14)),
        ((2026, 12, 4, 17, 0), (2026, 12, 9, 9)),  # a weekend, a closed Monday and a holiday
        ((2026, 12, 24, 17, 0), (2026, 12, 28, 9)),
    ],
)
def test_next_opening_passes_over_closed_days(moment, opens_at):
    assert status(MILAN, rome(*moment)).opens_at == rome(*opens_at)


def test_open_office_says_until_when():
    assert status(MILAN, rome(2026, 11, 23, 9, 41)).closes_at == rome(2026, 11, 23, 12, 30)


@pytest.mark.parametrize("second", [Stretch(0, 4, time(12, 30), time(16)), Stretch(0, 4, time(11), time(16))])
def test_hours_that_touch_or_overlap_are_one_opening(second):
    found = status(of(MORNING, second), rome(2026, 11, 23, 10))
    assert (found.closes_at, found.opens_at) == (rome(2026, 11, 23, 16), rome(2026, 11, 24, 9))


def test_last_minute_of_a_day_means_midnight():
    assert status(of(Stretch(0, 0, time(9), time(23, 59))), rome(2026, 11, 23, 23, 59, 30)).is_open


def test_office_that_never_closes_says_no_time():
    found = status(of(ALWAYS), rome(2026, 11, 23, 3))
    assert (found.is_open, found.closes_at, found.opens_at) == (True, None, None)


def test_time_is_the_offices_own():
    found = status(of(MORNING, zone=SEOUL), datetime(2026, 11, 23, 0, 30, tzinfo=UTC))
    assert found.is_open
    assert (found.now.hour, found.now.minute) == (9, 30)


def test_date_is_the_offices_own():
    sunday_evening_in_rome = rome(2026, 11, 22, 23)
    assert status(of(Stretch(0, 0, time(6), time(9)), zone=SEOUL), sunday_evening_in_rome).is_open


def test_office_without_hours_is_neither_open_nor_about_to_open():
    found = status(of(), rome(2026, 11, 23, 10))
    assert (found.has_hours, found.is_open, found.opens_at) == (False, False, None)


@pytest.mark.parametrize(("hour", "is_night"), [(7, True), (8, False), (19, False), (20, True), (3, True)])
def test_night_lasts_from_eight_until_eight(hour, is_night):
    assert status(of(), rome(2026, 11, 23, hour, 30)).is_night == is_night


class TestClockChanges:
    def test_morning_after_clocks_went_forward_is_an_hour_nearer(self):
        friday = rome(2026, 3, 27, 17)
        opens_at = status(MILAN, friday).opens_at
        assert opens_at == rome(2026, 3, 30, 9)
        assert opens_at.timestamp() - friday.timestamp() == timedelta(hours=63).total_seconds()

    def test_morning_after_clocks_went_back_is_an_hour_later(self):
        friday = rome(2026, 10, 23, 17)
        opens_at = status(MILAN, friday).opens_at
        assert opens_at.timestamp() - friday.timestamp() == timedelta(hours=65).total_seconds()

    @pytest.mark.parametrize("fold", [0, 1])
    def test_hour_that_comes_twice_is_open_twice(self, fold):
        assert status(of(Stretch(6, 6, time(2), time(3))), rome(2026, 10, 25, 2, 30, fold=fold)).is_open

    def test_hour_that_is_leapt_over_does_not_open(self):
        skipped = of(Stretch(6, 6, time(2, 10), time(2, 50)))
        assert status(skipped, rome(2026, 3, 29, 0)).opens_at == rome(2026, 4, 5, 2, 10)

    def test_hours_around_the_leap_lose_the_hour(self):
        found = status(of(Stretch(6, 6, time(1), time(4))), rome(2026, 3, 29, 1))
        assert found.closes_at.timestamp() - found.now.timestamp() == timedelta(hours=2).total_seconds()


class TestClosedDays:
    def test_closed_day_gives_its_reason(self):
        found = status(MILAN, rome(2026, 12, 7, 10))
        assert (found.is_open, found.reason.text, found.reason.language) == (False, "Sant’Ambrogio", "")

    @pytest.mark.parametrize(("day", "is_open"), [(7, True), (10, False), (14, False), (17, True)])
    def test_first_and_last_day_are_closed(self, day, is_open):
        schedule = of(Stretch(0, 6, time(9), time(17)), closed_days=(ClosedDays(date(2026, 8, 10), date(2026, 8, 14)),))
        assert status(schedule, rome(2026, 8, day, 10)).is_open == is_open

    def test_long_closing_is_searched_for_two_months(self):
        closed = ClosedDays(date(2026, 1, 1), date(2026, 2, 20))
        assert status(of(MORNING, closed_days=(closed,)), rome(2026, 1, 5, 10)).opens_at == rome(2026, 2, 23, 9)

    def test_longer_closing_has_no_next_opening(self):
        closed = ClosedDays(date(2026, 1, 1), date(2026, 12, 31))
        found = status(of(MORNING, closed_days=(closed,)), rome(2026, 1, 5, 10))
        assert (found.has_hours, found.opens_at) == (True, None)


class TestHolidays:
    @pytest.mark.parametrize(
        ("language", "name", "tag"),
        [("it", "Immacolata Concezione", "it-IT"), ("ko", "Immaculate Conception", "en-US")],
    )
    def test_holiday_is_named_in_the_readers_language_or_english(self, language, name, tag):
        reason = status(MILAN, rome(2026, 12, 8, 10), language).reason
        assert (reason.text, reason.language) == (name, tag)

    @pytest.mark.parametrize(("place", "is_open"), [("IT", True), ("IT-MI", False), ("IT-TO", True), ("IT-XX", True)])
    def test_patron_saint_is_kept_in_their_own_province(self, place, is_open):
        assert status(of(MORNING, holidays_of=place), rome(2026, 12, 7, 10)).is_open is is_open

    def test_office_that_works_on_holidays_is_open(self):
        assert status(of(MORNING), rome(2026, 12, 8, 10)).is_open

    @pytest.mark.parametrize("country", ["", "BV", "ZZ"])
    def test_country_without_known_holidays_has_none(self, country):
        assert status(of(MORNING, holidays_of=country), rome(2026, 12, 25, 10)).is_open

    def test_holiday_that_moves_with_the_moon_is_known(self):
        seollal = datetime(2026, 2, 17, 10, tzinfo=SEOUL)
        assert status(of(MORNING, zone=SEOUL, holidays_of="KR"), seollal, "ko").reason.text == "설날"


def test_every_promised_opening_comes_true_at_any_hour_of_a_year():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    while now.year == 2026:
        opens_at = status(MILAN, now).opens_at
        assert opens_at > now
        assert status(MILAN, opens_at).is_open
        assert not status(MILAN, opens_at - timedelta(seconds=1)).is_open
        now += timedelta(hours=1)


@pytest.mark.parametrize("name", ["", "Europe/Nowhere", "../../etc/passwd", "Europe", "a\0b"])
def test_unknown_zone_is_none(name):
    assert zone_named(name) is None


NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("stretch", "callers", "moment"),
    [
        (Stretch(0, 4, time(9), time(16)), ROME, (2026, 11, 23, 9, 10)),
        (Stretch(0, 4, time(9), time(9, 10)), ROME, None),  # closed again by then
        (Stretch(0, 4, time(7), time(12)), ROME, (2026, 11, 23, 8, 0)),
        (Stretch(0, 4, time(20, 40), time(23)), ROME, (2026, 11, 23, 20, 50)),
        (Stretch(0, 4, time(20, 50), time(23)), ROME, None),
        (Stretch(0, 4, time(9), time(14)), NEW_YORK, None),
        (Stretch(0, 4, time(9), time(14, 1)), NEW_YORK, (2026, 11, 23, 14, 0)),
        (Stretch(0, 4, time(9), time(12)), SEOUL, (2026, 11, 23, 9, 10)),
        (Stretch(0, 4, time(14), time(23)), SEOUL, None),
        (Stretch(0, 6, time(0), time(4)), ZoneInfo("Pacific/Auckland"), (2026, 11, 23, 0, 10)),
    ],
)
def test_moment_to_call_is_within_the_hours_of_the_office_and_the_day_of_the_caller(stretch, callers, moment):
    found = next_moment(of(stretch), rome(2026, 11, 22, 21), timedelta(minutes=10), callers)
    assert found == (rome(*moment) if moment else None)


def test_clocks_put_forward_at_different_times_open_a_moment_to_call():
    # From 8 to 29 March 2026 New York is five hours behind Milan, not six.
    office = of(Stretch(0, 4, time(9), time(13, 30)))
    moment = next_moment(office, rome(2026, 3, 4, 12), timedelta(minutes=10), NEW_YORK)
    assert moment == datetime(2026, 3, 9, 8, tzinfo=NEW_YORK)
