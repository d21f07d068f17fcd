"""The call card: who answers which number, when, and what to say."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from campaigns.calls.card import Calls, Moment, lines_of
from campaigns.calls.dialling import caller_from
from campaigns.demo.files import facts
from campaigns.models import CallScript, Campaign, CampaignTarget, City, Closure, Story, Target
from campaigns.reading.loading import with_city_names
from campaigns.reading.page import pages
from campaigns.rules.placeholders import validate_placeholders

from ...factories import (
    make_call_script,
    make_campaign,
    make_city,
    make_hours,
    make_number,
    make_staff,
    make_target,
)

pytestmark = pytest.mark.django_db

# Monday, 09:41 in Milan.
MONDAY = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)
SHARED, OTHER = "+39 02 884 50136", "+39 02 884 50150"


def calls(language="en", country="", zone="", now=MONDAY):
    page = pages(Campaign.objects.all(), language)[0]
    return Calls(page, caller_from(country, zone, language, 2026), now)


def add_target(campaign, value, **fields):
    target = make_target(campaign.asked_city, **fields)
    CampaignTarget.objects.create(campaign=campaign, target=target, role="staff", position=1)
    return target, make_number(target, value)


@pytest.fixture
def campaign():
    campaign = make_campaign()
    make_number(Target.objects.get(), SHARED)
    return campaign


class TestNumbers:
    def test_number_of_two_offices_stands_once_with_both(self, campaign):
        add_target(campaign, "02 88450136", name="Ugo Neri")
        add_target(campaign, OTHER, name="Anna Verdi")
        found = [(number.shown, [card.name for card in number.answered_by]) for number in calls().numbers]
        assert found == [("+39 02 8845 0136", ["Giulia Bianchi", "Ugo Neri"]), ("+39 02 8845 0150", ["Anna Verdi"])]

    def test_number_is_found_by_the_contact_of_any_office(self, campaign):
        _target, second = add_target(campaign, SHARED)
        assert calls().number(second.pk) == calls().numbers[0]

    def test_two_extensions_of_one_number_are_two_entries(self, campaign):
        target = campaign.campaign_targets.get().target
        for extension in (1, 2):
            make_number(target, f"+39 02 884 50136 ext. {extension}")
        hrefs = [number.href for number in calls().numbers]
        assert [href.partition(";")[2] for href in hrefs[-2:]] == ["ext=1", "ext=2"]

    def test_two_entries_that_nobody_can_dial_are_not_merged(self, campaign):
        add_target(campaign, "051-888-1001~3", name="Ugo Neri")
        add_target(campaign, "02 8845 0136/7", name="Anna Verdi")
        found = [(number.shown, number.href, len(number.answered_by)) for number in calls().numbers[1:]]
        assert found == [("051-888-1001~3", "", 1), ("02 8845 0136/7", "", 1)]

    @pytest.mark.parametrize(
        ("value", "country", "home"), [("800 123456", "", "Italy"), ("800 123456", "KR", ""), (OTHER, "", "")]
    )
    def test_number_of_its_country_alone_says_so_before_one_says_whence(self, campaign, value, country, home):
        add_target(campaign, value)
        assert calls(country=country).numbers[1].home == home

    def test_short_number_may_not_connect_abroad(self, campaign):
        add_target(campaign, "1500")
        dialled = calls(country="KR").numbers[1].dialled
        assert (dialled.number, dialled.may_not_connect) == ("1500", True)

    def test_number_links_to_its_international_form(self, campaign):
        assert calls().numbers[0].href == "tel:+390288450136"

    def test_office_that_answers_now_speaks_for_a_shared_number(self, campaign):
        make_hours(Target.objects.get(), "14:00", "16:00")
        target, _contact = add_target(campaign, SHARED)
        make_hours(target, "09:00", "12:00")
        assert calls().numbers[0].is_open

    def test_earliest_opening_speaks_for_a_shared_closed_number(self, campaign):
        make_hours(Target.objects.get(), "14:00", "16:00")
        target, _contact = add_target(campaign, SHARED)
        make_hours(target, "11:00", "12:00")
        assert calls().numbers[0].opens.time == '<time datetime="2026-11-23T11:00+01:00">11:00</time>'

    def test_closed_days_are_kept(self, campaign):
        make_hours(Target.objects.get())
        Closure.objects.create(target=Target.objects.get(), starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 23))
        assert not calls().numbers[0].is_open

    @pytest.mark.parametrize(("closes", "is_open"), [(True, False), (False, True)])
    def test_holidays_are_kept_where_the_office_keeps_them(self, campaign, closes, is_open):
        make_hours(Target.objects.get())
        Target.objects.update(closes_on_holidays=closes)
        assert calls(now=datetime(2026, 12, 8, 10, tzinfo=UTC)).numbers[0].is_open == is_open

    def test_office_in_a_third_city_is_named_and_timed_by_it(self, campaign):
        seoul = make_city("seoul", country="KR", time_zone="Asia/Seoul")
        target = make_target(seoul)
        CampaignTarget.objects.create(campaign=campaign, target=target)
        make_number(target, "+82 2 120")
        number = calls().numbers[1]
        assert (number.city, number.status.now.hour) == ("Seoul", 17)

    def test_zone_that_nobody_knows_leaves_the_number_without_a_clock(self, campaign):
        City.objects.update(time_zone="Europe/Nowhere")
        assert calls().numbers[0].status is None

    def test_first_open_number_is_the_next_step(self, campaign):
        target, second = add_target(campaign, OTHER)
        make_hours(target)
        assert calls().first_open.pk == second.pk


class TestCallersTime:
    def opening(self, country, zone=""):
        make_hours(Target.objects.get(), "10:00", "12:00")
        return calls(country=country, zone=zone).numbers[0].opens_for_caller

    def test_opening_is_told_on_the_callers_clock(self, campaign):
        assert self.opening("KR").at.isoformat() == "2026-11-23T18:00:00+09:00"

    def test_opening_in_the_callers_evening_is_the_day_before(self, campaign):
        theirs = self.opening("US", "Pacific/Honolulu")
        assert (theirs.weekday, theirs.at.hour) == ("Sunday", 23)

    @pytest.mark.parametrize("country", ["", "IT", "DE", "US"])
    def test_caller_of_the_same_or_no_known_time_is_told_nothing(self, campaign, country):
        assert self.opening(country) is None

    @pytest.mark.parametrize(
        ("country", "zone", "until"),
        [("US", "America/New_York", "06:00"), ("KR", "", None), ("US", "", None), ("IT", "", None)],
    )
    def test_opening_in_the_callers_night_says_until_when_it_lasts(self, campaign, country, zone, until):
        make_hours(Target.objects.get(), "10:00", "12:00")
        theirs = calls(country=country, zone=zone).numbers[0].opens_until_for_caller
        assert (theirs and f"{theirs.at:%H:%M}") == until

    def test_opening_of_days_does_not_end_at_a_time_of_the_clock(self, campaign):
        make_hours(Target.objects.get(), "00:00", "23:59", 1, 4)
        number = calls(country="IN").numbers[0]
        assert (f"{number.opens_for_caller.at:%H:%M}", number.opens_until) == ("04:30", None)


class TestMoment:
    @pytest.mark.parametrize(
        ("wait", "words"),
        [
            (timedelta(seconds=20), "in 1 minute"),
            (timedelta(minutes=59), "in 59 minutes"),
            (timedelta(minutes=59, seconds=40), "in 1 hour"),
            (timedelta(hours=6, minutes=10), "in 6 hours"),
            (timedelta(hours=47), "in 47 hours"),
            (timedelta(hours=60), "in 3 days"),
        ],
    )
    def test_wait_is_told_in_the_unit_people_use(self, wait, words):
        now = datetime(2026, 11, 20, 21, tzinfo=UTC)
        assert Moment(now + wait, now, "en").wait == words

    def test_wait_over_a_clock_change_is_what_passes(self, campaign):
        make_hours(Target.objects.get(), "09:00", "12:00")
        evening = datetime(2026, 3, 28, 20, tzinfo=UTC)  # 21:00 in Milan
        assert calls(now=evening).numbers[0].opens.wait == "in 11 hours"

    @pytest.mark.parametrize(("language", "weekday"), [("en", "Monday"), ("it", "lunedì"), ("ko", "월요일")])
    def test_weekday_is_in_the_readers_language(self, language, weekday):
        assert Moment(MONDAY, MONDAY, language).weekday == weekday

    def test_weekday_says_too_little_after_a_week(self):
        later = Moment(MONDAY + timedelta(days=7), MONDAY, "en")
        assert (later.weekday, later.date) == ("", "November 30")

    @pytest.mark.parametrize("language", ["en", "it", "ko"])
    def test_evening_hours_are_counted_to_twenty_four(self, language):
        evening = MONDAY.replace(hour=21)
        assert Moment(evening, evening, language).time == '<time datetime="2026-11-23T21:41+00:00">21:41</time>'


class TestScript:
    def lines(self, language="en"):
        return [(line.words, line.sounds, line.meaning) for line in calls(language).scripts[0].lines]

    def test_words_sounds_and_meaning_stand_beneath_each_other(self, campaign):
        make_call_script({"it": "Buongiorno.\n\nGrazie.", "en": "Hello.\nThanks."}, {"en": "a\nb"}, campaign=campaign)
        assert self.lines() == [("Buongiorno.", "a", "Hello."), ("Grazie.", "b", "Thanks.")]

    def test_sounds_are_those_for_the_readers_language(self, campaign):
        make_call_script(
            {"it": "Grazie.", "en": "Thanks.", "ko": "감사합니다."},
            {"en": "GRAHT-syeh", "ko": "그라치에"},
            campaign=campaign,
        )
        assert self.lines("ko") == [("Grazie.", "그라치에", "감사합니다.")]

    def test_script_without_sounds_has_two_lines_each(self, campaign):
        make_call_script({"it": "Grazie.", "en": "Thanks."}, campaign=campaign)
        assert self.lines() == [("Grazie.", "", "Thanks.")]

    def test_reader_of_the_offices_language_gets_the_words_alone(self, campaign):
        make_call_script({"it": "Grazie.", "en": "Thanks."}, {"en": "x"}, campaign=campaign)
        assert self.lines("it") == [("Grazie.", "", "")]

    @pytest.mark.parametrize("sounds", [{}, {"en": "one\ntwo\nthree"}])
    def test_texts_of_different_length_have_no_lines_in_common(self, campaign, sounds):
        english = "Thanks." if not sounds else "Hello.\nThanks."
        make_call_script({"it": "Buongiorno.\nGrazie.", "en": english}, sounds, campaign=campaign)
        assert self.lines() == []

    def test_script_missing_in_the_offices_language_is_shown_in_the_readers(self, campaign):
        make_call_script({"en": "Thanks.", "ko": "감사합니다."}, {"ko": "x"}, campaign=campaign)
        assert self.lines("ko") == [("감사합니다.", "", "")]

    def test_placeholders_speak_the_language_they_stand_in(self, campaign):
        campaign.asked_city.names.create(language="it", name="Milano")
        make_call_script({"it": "Sono di {asked_city}.", "en": "From {asked_city}."}, campaign=campaign)
        with_city_names([campaign.asked_city])
        english = campaign.asked_city.name_in("en")
        assert self.lines() == [("Sono di Milano.", "", f"From {english}.")]

    def test_own_script_takes_the_place_of_the_storys(self, campaign):
        story = Story.objects.create(name="Shared")
        Campaign.objects.update(story=story)
        make_call_script({"it": "Di tutti."}, story=story)
        assert self.lines() == [("Di tutti.", "", "")]
        make_call_script({"it": "Nostro."}, campaign=campaign)
        assert self.lines() == [("Nostro.", "", "")]


class TestScriptAdmin:
    def save(self, client, words, sounds=""):
        client.force_login(make_staff("Organizers"))
        campaign = Campaign.objects.first() or make_campaign()
        texts = [("it", words, ""), ("en", "Hello.\nThanks.", sounds)]
        form = {"name": "Call", "campaign": campaign.pk, "position": 0}
        form |= {"texts-TOTAL_FORMS": 2, "texts-INITIAL_FORMS": 0}
        for position, (language, said, sound) in enumerate(texts):
            row = {"language": language, "words": said, "sounds": sound}
            form |= {f"texts-{position}-{field}": value for field, value in row.items()}
        return client.post(reverse("admin:campaigns_callscript_add"), form, follow=True).content.decode()

    def test_organizer_writes_a_script_and_returns_to_the_campaign(self, client):
        html = self.save(client, "Buongiorno.\nGrazie.", "a\nb")
        assert CallScript.objects.get().texts.count() == 2
        assert "differ in their number of lines" not in html
        assert reverse("admin:campaigns_callscript_change", args=[CallScript.objects.get().pk]) in html

    @pytest.mark.parametrize(("words", "sounds"), [("Buongiorno.", ""), ("Buongiorno.\nGrazie.", "a")])
    def test_lines_that_do_not_match_are_pointed_out(self, client, words, sounds):
        assert "differ in their number of lines" in self.save(client, words, sounds)

    def test_unknown_placeholder_is_refused(self, client):
        assert "Unknown placeholder {nobody}" in self.save(client, "{nobody}")
        assert not CallScript.objects.exists()

    def test_what_sounds_means_is_shown_by_an_example(self, client):
        client.force_login(make_staff("Organizers"))
        assert "bwon-JOR-no" in client.get(reverse("admin:campaigns_callscript_add")).content.decode()


@pytest.mark.parametrize("folder", ["milan-daegu", "dog-and-cat-meat-trade"])
def test_scripts_of_the_demonstration_align(folder):
    for script in facts(folder)["calls"]:
        texts = [text for words in script["texts"].values() for text in words.values()]
        assert len({len(lines_of(text)) for text in texts}) == 1
        for text in texts:
            validate_placeholders(text)
