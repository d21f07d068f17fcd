"""The page from which people call."""

import re
from zoneinfo import ZoneInfo

import html5lib
import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from campaigns.models import Campaign, Closure, Contact, DeedCount, OpeningHours, Target

from ...factories import make_call_script, make_campaign, make_hours, make_number
from ...public_pages import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]

PAGE = "/en/campaigns/milan-daegu/call/"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
CLICK = BROWSER | {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}


@pytest.fixture
def number():
    make_campaign()
    return make_number(Target.objects.get())


@pytest.fixture
def open_office(number):
    """All of this weekday, so that there is a next opening too."""
    make_hours(Target.objects.get(), from_weekday=weekday_in_milan(), to_weekday=weekday_in_milan())
    Target.objects.update(closes_on_holidays=False)
    return number


def weekday_in_milan():
    return timezone.now().astimezone(ZoneInfo("Europe/Rome")).weekday()


def html_of(client, query="", language="en"):
    response = client.get(f"/{language}/campaigns/milan-daegu/call/{query}")
    assert response.status_code == 200
    return response.content.decode()


def calls_counted():
    return dict(DeedCount.objects.values_list("channel", "count"))


class TestPage:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("query", ["", "?from=KR", "?from=US&zone=America/New_York", "?from=RU&done=spoke"])
    def test_page_is_sound_in_every_language(self, client, open_office, language, query):
        make_call_script({"it": "Grazie.", "en": "Thanks."}, {"en": "x"}, campaign=Campaign.objects.get())
        html5lib.HTMLParser(strict=True).parse(html_of(client, query, language))

    def test_number_links_to_the_telephone_and_counts_the_tap(self, client, number):
        assert re.search(r'<a [^>]*href="tel:\+390288450136" data-deed="telephone"', html_of(client))

    def test_caller_sees_what_to_dial_from_home(self, client, number):
        assert "011 39 02 8845 0136" in html_of(client, "?from=US")

    def test_number_dialled_as_it_stands_is_not_repeated(self, client, number):
        assert html_of(client, "?from=KR").count("+39 02 8845 0136") == 1

    def test_number_of_its_country_alone_says_so_to_whoever_reads(self, client, number):
        make_number(Target.objects.get(), "800 123456")
        assert "may only answer calls from inside this country: Italy" in html_of(client)

    def test_what_nobody_can_dial_is_shown_without_a_link(self, client, number):
        make_number(Target.objects.get(), "02 8845 0136/7")
        assert '<bdi class="number" dir="ltr">02 8845 0136/7</bdi>' in html_of(client)

    def test_caller_from_a_country_of_many_prefixes_is_told_of_the_plus(self, client, number):
        assert "your provider’s prefix" in html_of(client, "?from=KR")

    def test_country_of_several_times_asks_for_the_zone(self, client, number):
        assert 'name="zone"' not in html_of(client, "?from=KR")
        html = html_of(client, "?from=US&zone=America/Chicago")
        assert '<option value="America/Chicago" selected>' in html

    def test_zone_is_asked_for_with_a_reason_until_it_is_chosen(self, client, number):
        assert "when they open by your clock" in html_of(client, "?from=US")
        assert "by your clock" not in html_of(client, "?from=US&zone=America/Chicago")
        assert "by your clock" not in html_of(client, "?from=KR")

    @pytest.mark.parametrize(
        "query",
        [
            "?from=ZZ",
            "?from=" + "x" * 1500,
            "?from=US&zone=Europe/Rome",
            "?from=US&zone=../../etc/passwd",
            "?zone=America/New_York",
            "?from=KR%0A",
            "?from=%F0%9F",
            "?from=US&from=",
            "?done=<script>",
            "?done=wrong",
        ],
    )
    def test_odd_query_counts_as_nothing_chosen(self, client, number, query):
        html = html_of(client, query)
        assert "<script>" not in html
        assert 'id="done"' not in html

    def test_nul_in_the_query_is_refused(self, client, number):
        assert client.get(PAGE + "?from=%00").status_code == 400

    def test_open_office_says_until_when(self, client, open_office):
        assert re.search(r'Open until <time datetime="[^"]+T00:00[^"]*">00:00</time>', html_of(client))

    def test_office_closed_for_long_says_why_and_offers_no_reminder(self, client, open_office):
        today = timezone.now().date()
        Closure.objects.create(
            target=Target.objects.get(),
            starts_on=today.replace(year=today.year - 1, day=1),
            ends_on=today.replace(year=today.year + 1, day=1),
            reason="Moving <house>",
        )
        html = html_of(client)
        assert "Moving &lt;house&gt;" in html
        assert "No opening is known" in html
        assert "reminder.ics" not in html

    def test_closed_office_says_when_it_opens(self, client, open_office):
        soon = (weekday_in_milan() + 2) % 7
        OpeningHours.objects.update(opens_at="09:00", from_weekday=soon, to_weekday=soon)
        assert re.search(r"Opens in \w+ \w+, on \w+ at <time", html_of(client))

    def test_opening_in_the_callers_night_says_until_when(self, client, open_office):
        soon = (weekday_in_milan() + 2) % 7
        OpeningHours.objects.update(opens_at="09:00", closes_at="12:30", from_weekday=soon, to_weekday=soon)
        text = re.sub(r"<[^>]+>", "", html_of(client, "?from=US&zone=America/Los_Angeles"))
        assert re.search(r"Open until 12:30, 0[345]:30 your time\.", text)
        assert "Open until" not in html_of(client, "?from=IT")

    def test_buttons_of_each_office_are_described_by_its_heading(self, client, open_office):
        html = html_of(client)
        assert f'<h3 id="office-{open_office.pk}"' in html
        # The reminder, the fold, and the three answers in it.
        assert html.count(f'aria-describedby="office-{open_office.pk}"') == 5

    def test_office_without_hours_gives_the_time_and_a_hint(self, client, number):
        html = html_of(client)
        assert re.search(r'<time datetime="[^"]+">\d\d:\d\d</time>', html)
        assert "We do not know the opening hours" in html

    def test_fax_is_said_to_be_on_the_letter_page(self, client, number):
        assert "e-mail or a fax" not in html_of(client)
        Contact.objects.create(target=Target.objects.get(), kind="fax", value="+39 02 884 50568")
        html = html_of(client)
        assert "e-mail or a fax" in html
        assert "50568" not in html

    def test_call_at_home_has_no_word_of_cost(self, client, number):
        assert "A call abroad costs" in html_of(client)
        assert "A call abroad costs" not in html_of(client, "?from=IT")

    def test_texts_in_other_languages_say_so(self, client, number):
        make_call_script({"it": "Grazie.", "en": "Thanks."}, {"en": "x"}, campaign=Campaign.objects.get())
        assert '<p class="words" lang="it" dir="ltr">Grazie.</p>' in html_of(client)

    def test_link_leads_to_the_script_where_there_is_one(self, client, number):
        assert 'href="#script"' not in html_of(client)
        make_call_script({"it": "Grazie."}, campaign=Campaign.objects.get())
        html = html_of(client)
        assert 'href="#script"' in html
        assert 'id="script"' in html

    def test_scripts_of_one_language_are_parted_by_a_line(self, client, number):
        for words in ("Grazie.", "Buongiorno."):
            make_call_script({"it": words}, campaign=Campaign.objects.get())
        html = html_of(client)
        section = html[html.index('id="script"') :]
        section = section[: section.index("</section>")]
        assert (section.count("<h3"), section.count("<hr>")) == (1, 1)

    def test_script_without_common_lines_stands_in_blocks(self, client, number):
        make_call_script({"it": "Uno.\nDue.", "en": "One."}, {"en": "OO-no"}, campaign=Campaign.objects.get())
        html = html_of(client)
        assert "What it means" in html
        assert "How it sounds" in html

    def test_campaign_without_numbers_leads_to_the_letter(self, client):
        make_campaign()
        assert "/en/campaigns/milan-daegu/letter/" in html_of(client)

    @pytest.mark.parametrize("status", ["draft", None])
    def test_draft_or_unknown_campaign_is_not_found(self, client, status):
        if status:
            make_campaign(status=status)
        assert client.get(PAGE).status_code == 404

    @override_settings(PAGE_CACHE_SECONDS=60)
    def test_each_choice_is_a_page_of_its_own(self, client, number):
        assert html_of(client, "?from=US") != html_of(client, "?from=IT")


class TestAfterTheCall:
    def url(self, number):
        return reverse("campaigns:called", args=["milan-daegu", number.pk])

    @pytest.mark.parametrize("outcome", ["spoke", "nobody"])
    def test_call_is_counted_and_thanked_for(self, client, number, outcome):
        answer = client.post(self.url(number), {"outcome": outcome}, headers=BROWSER)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{PAGE}?done={outcome}#done")
        assert calls_counted() == {"telephone": 1}
        assert 'id="done"' in html_of(client, f"?done={outcome}")

    def test_wrong_number_leads_to_the_report(self, client, number):
        answer = client.post(self.url(number), {"outcome": "wrong"}, headers=BROWSER)
        report = f"/en/campaigns/milan-daegu/report/?contact={number.pk}&problem=wrong-number"
        assert (answer.status_code, answer.headers["Location"]) == (303, report)
        assert calls_counted() == {}

    def test_choice_of_country_outlives_the_answer(self, client, number):
        said = {"outcome": "spoke", "from": "US", "zone": "America/New_York"}
        location = client.post(self.url(number), said, headers=BROWSER).headers["Location"]
        assert location == f"{PAGE}?from=US&zone=America%2FNew_York&done=spoke#done"

    @pytest.mark.parametrize("country", ["//evil.example", "US\r\nX-Bad: 1", "US&done=nobody", "\0"])
    def test_made_up_country_does_not_reach_the_address(self, client, number, country):
        answer = client.post(self.url(number), {"outcome": "spoke", "from": country}, headers=BROWSER)
        assert answer.headers["Location"] == f"{PAGE}?done=spoke#done"

    @pytest.mark.parametrize("outcome", ["", "hung up", "spoke\0", "x" * 1500])
    def test_unknown_outcome_is_refused_and_not_counted(self, client, number, outcome):
        answer = client.post(self.url(number), {"outcome": outcome}, headers=BROWSER)
        assert answer.status_code == 400
        assert b"<h1" in answer.content
        assert calls_counted() == {}

    def test_form_of_another_site_is_refused(self, client, number):
        headers = BROWSER | {"Sec-Fetch-Site": "cross-site"}
        assert client.post(self.url(number), {"outcome": "spoke"}, headers=headers).status_code == 403
        assert calls_counted() == {}

    def test_reading_the_address_is_refused(self, client, number):
        assert client.get(self.url(number)).status_code == 405

    @pytest.mark.parametrize("pk", ["0", "999999", "9" * 40, "9" * 5000])
    def test_unknown_contact_is_not_found(self, client, number, pk):
        assert client.post(f"{PAGE}{pk}/", {"outcome": "spoke"}, headers=BROWSER).status_code == 404

    def test_contact_that_is_no_number_of_the_campaign_is_not_found(self, client, number):
        email = Contact.objects.get(kind="email")
        make_campaign("turin-busan")
        elsewhere = make_number(Target.objects.order_by("pk").last(), "+39 011 0113 1111")
        for contact in (email, elsewhere):
            assert client.post(self.url(contact), {"outcome": "spoke"}, headers=BROWSER).status_code == 404


class TestReminder:
    def url(self, number):
        return reverse("campaigns:reminder", args=["milan-daegu", number.pk])

    def test_page_offers_the_file_for_this_caller(self, client, open_office):
        url = self.url(open_office)
        assert f'href="{url}?from=US&amp;zone=America%2FDenver"' in html_of(client, "?from=US&zone=America/Denver")

    def test_file_is_a_calendar_to_keep(self, client, open_office):
        answer = client.get(self.url(open_office) + "?from=US")
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="call-milan-daegu.ics"'
        assert not answer.cookies
        [event] = Calendar.from_ical(answer.content).walk("VEVENT")
        assert "011 39 02 8845 0136" in event["description"]
        assert event["url"].endswith("/en/campaigns/milan-daegu/call/?from=US")

    def test_taking_it_is_counted(self, client, open_office):
        client.get(self.url(open_office), headers=CLICK)
        assert calls_counted() == {"reminder": 1}

    def test_number_without_known_hours_has_none(self, client, number):
        answer = client.get(self.url(number))
        assert answer.status_code == 404
        assert b"<h1" in answer.content

    @pytest.mark.parametrize("pk", ["0", "999999", "9" * 40])
    def test_unknown_contact_is_not_found(self, client, open_office, pk):
        assert client.get(f"{PAGE}{pk}/reminder.ics").status_code == 404

    def test_contact_of_another_campaign_is_not_found(self, client, open_office):
        make_campaign("turin-busan")
        target = Target.objects.last()
        make_hours(target, "09:00", "12:00")
        elsewhere = make_number(target, "+39 011 0113 1111")
        assert client.get(self.url(elsewhere)).status_code == 404

    def test_draft_is_not_found(self, client, open_office):
        Campaign.objects.update(status="draft")
        assert client.get(self.url(open_office)).status_code == 404
