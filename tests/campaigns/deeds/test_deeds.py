"""Counting deeds: once a person and day, of robots and reloads nothing, and nobody's name."""

from datetime import timedelta

import pytest

from campaigns.deeds import counting
from campaigns.models import DeedCount
from petitions.models import ThrottleCount
from petitions.throttling import DEEDS_BY_NETWORK, overrides

from ...factories import make_campaign, make_number, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]

PAGE = "/en/campaigns/milan-daegu/"
BEACON = f"{PAGE}deeds/"
LINK = f"{PAGE}go/x/"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0"
PERSON = {"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin"}
CLICK = PERSON | {"Sec-Fetch-Mode": "navigate"}
X = "x"


def counted():
    return sum(DeedCount.objects.values_list("count", flat=True))


def send(client, channel="copy-post", **headers):
    return client.post(BEACON, {"channel": channel}, headers=PERSON | headers).status_code


def test_beacon_counts_and_answers_nothing(client):
    campaign = make_campaign()
    assert send(client) == 204
    row = DeedCount.objects.get()
    assert (row.campaign, row.channel, row.day, row.count) == (campaign, "copy-post", counting.today(), 1)


def test_beacon_takes_few_statements(client, django_assert_num_queries):
    make_campaign()
    # Which numbers organizers gave the limits is remembered for some seconds.
    overrides.get()
    with django_assert_num_queries(4):
        send(client)


@pytest.mark.parametrize("channel", ["", "no-such", "X", "x\0", "x" * 10_000])
def test_unknown_channel_is_a_bad_request(client, channel):
    make_campaign()
    assert send(client, channel) == 400


def test_deed_for_nothing_is_not_found(client):
    assert send(client) == 404


def test_deed_for_a_draft_is_not_found(client):
    make_campaign(status="draft")
    assert send(client) == 404


def test_beacon_of_another_site_is_refused(client):
    make_campaign()
    assert send(client, **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert counted() == 0


def test_beacon_is_not_read(client):
    make_campaign()
    assert client.get(BEACON).status_code == 405


def test_click_is_counted_and_its_reload_is_not(client):
    make_campaign()
    for _ in range(3):
        assert client.get(LINK, headers=CLICK).status_code == 302
    assert counted() == 1


def test_plain_reading_of_a_link_counts_nothing(client):
    make_campaign()
    assert client.get(LINK).status_code == 302
    assert client.get(LINK, headers={"User-Agent": BROWSER}).status_code == 302
    assert client.head(LINK, headers=CLICK).status_code == 302
    assert counted() == 0
    assert not ThrottleCount.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Mode": "no-cors"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
        {"User-Agent": ""},
    ],
)
def test_get_that_nobody_clicked_here_is_served_and_not_counted(client, headers):
    make_campaign()
    assert client.get(LINK, headers=CLICK | headers).status_code == 302
    assert counted() == 0


@pytest.mark.parametrize(
    "robot",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "facebookexternalhit/1.1",
        "WhatsApp/2.23.20.0",
        "TelegramBot (like TwitterBot)",
        "Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd) Slurp",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "kakaotalk-scrap/1.0",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
        "curl/8.5.0",
        "python-requests/2.32",
    ],
)
def test_robot_is_not_counted(client, robot):
    make_campaign()
    assert send(client, **{"User-Agent": robot}) == 204
    assert counted() == 0


@pytest.mark.parametrize(
    "browser", ["Mozilla/5.0 (Linux; Android 13; CUBOT P80) Chrome/140", "Mozilla/5.0 (iPhone) Safari KAKAOTALK 10.4"]
)
def test_browser_that_looks_like_a_robot_is_counted(client, browser):
    make_campaign()
    send(client, **{"User-Agent": browser})
    assert counted() == 1


def test_two_readers_count_two_in_one_row(client):
    make_campaign()
    send(client)
    send(client, **{"User-Agent": BROWSER + " other"})
    assert DeedCount.objects.get().count == 2


def test_each_channel_campaign_and_day_is_counted_apart(client, monkeypatch):
    campaign, other = make_campaign(), make_campaign("milan-busan")
    reader = counting.Reader("198.51.100.0/24", BROWSER)
    for each, channel in ((campaign, X), (campaign, "line"), (other, X)):
        assert counting.record(each.pk, channel, reader)
    later = counting.timezone.now() + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert counting.record(campaign.pk, X, reader)
    assert DeedCount.objects.count() == 4


def test_network_that_changes_its_name_with_every_request_is_stopped():
    campaign = make_campaign()
    for number in range(DEEDS_BY_NETWORK.times + 5):
        counting.record(campaign.pk, X, counting.Reader("198.51.100.0/24", f"{BROWSER} {number}"))
    assert counted() == DEEDS_BY_NETWORK.times
    assert counting.record(campaign.pk, X, counting.Reader("203.0.113.0/24", BROWSER))


def test_nothing_of_the_reader_is_stored(client):
    make_campaign()
    send(client)
    stored = [*DeedCount.objects.values(), *ThrottleCount.objects.values()]
    assert "127.0.0" not in str(stored)
    assert "Mozilla" not in str(stored)


def test_totals_are_by_act_channel_and_time(django_assert_num_queries):
    campaign, other = make_campaign(), make_campaign("milan-busan")
    for each, channel, days_ago, count in (
        (campaign, "x", 0, 1),
        (campaign, "x", 6, 10),
        (campaign, "x", 7, 100),
        (campaign, "line", 29, 1000),
        (campaign, "line", 30, 10_000),
        (campaign, "letter", 0, 5),
        (other, "x", 0, 7),
    ):
        day = counting.today() - timedelta(days=days_ago)
        DeedCount.objects.create(campaign=each, channel=channel, day=day, count=count)
    with django_assert_num_queries(1):
        prepared, shared = counting.totals(campaign)
    assert (prepared.act, prepared.in_all.counts) == ("prepared", (5, 5, 5, 5))
    assert [(row.name, row.counts) for row in shared.channels] == [
        ("X", (1, 11, 111, 111)),
        ("LINE", (0, 0, 1000, 11_000)),
    ]
    assert shared.in_all.counts == (1, 11, 1111, 11_111)


def test_reminder_is_not_counted_as_a_call():
    campaign = make_campaign()
    for channel in ("telephone", "reminder"):
        DeedCount.objects.create(campaign=campaign, channel=channel, day=counting.today(), count=1)
    assert [total.act for total in counting.totals(campaign)] == ["called", "reminded"]


def prepare_letters(campaign, *counts):
    for days_ago, count in enumerate(counts):
        day = counting.today() - timedelta(days=days_ago)
        DeedCount.objects.create(campaign=campaign, channel="letter", day=day, count=count)


@pytest.mark.parametrize(
    ("counts", "words"),
    [((10,), "10 prepared"), ((412,), "412 prepared"), ((1200, 34), "1,234 prepared")],
)
def test_page_says_how_many_letters_were_prepared(client, counts, words):
    prepare_letters(make_campaign(), *counts)
    assert words in client.get(PAGE).content.decode()


def test_page_with_few_letters_prepared_says_nothing(client):
    campaign = make_campaign()
    prepare_letters(campaign, 9)
    prepare_letters(make_campaign("milan-busan"), 3)
    DeedCount.objects.create(campaign=campaign, channel="x", day=counting.today(), count=9)
    assert "prepared" not in client.get(PAGE).content.decode()


def test_page_says_how_many_have_called(client):
    campaign = make_campaign()
    make_number(campaign.campaign_targets.get().target)
    DeedCount.objects.create(campaign=campaign, channel="telephone", day=counting.today(), count=61)
    assert "61 have called" in client.get(PAGE).content.decode()


def test_page_tells_its_script_where_to_count(client):
    make_campaign()
    assert f'data-deeds="{BEACON}"' in client.get(PAGE).content.decode()


def test_organizers_see_what_people_did(client):
    campaign = make_campaign()
    DeedCount.objects.create(campaign=campaign, channel="gmail", day=counting.today(), count=37)
    client.force_login(make_staff("Organizers"))
    html = client.get(f"/admin/campaigns/campaign/{campaign.pk}/change/").content.decode()
    assert "Letters opened for sending" in html
    assert '<th scope="row">Gmail</th><td>37</td>' in html


@pytest.mark.parametrize("channel", ["letter", "draft", "pdf", "x", "mastodon", "reminder"])
def test_beacon_counts_nothing_that_the_server_sees_itself(client, channel):
    make_campaign()
    assert send(client, channel) == 400
    assert counted() == 0


def test_past_the_networks_limit_changing_names_leave_no_more_rows(client):
    make_campaign()
    for _ in range(DEEDS_BY_NETWORK.times):
        counting.count((DEEDS_BY_NETWORK, "127.0.0.0/24"))
    before = ThrottleCount.objects.count()
    for number in range(5):
        send(client, **{"User-Agent": f"Mozilla/5.0 ({number})"})
    assert (ThrottleCount.objects.count(), counted()) == (before, 0)
