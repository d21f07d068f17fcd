"""Posts and pages passed on: the addresses that carry them, and the ways out of the site."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ValidationError

from campaigns.models import Campaign, CampaignText, DeedCount, Post, Story
from campaigns.reading.loading import with_city_names
from campaigns.rules.networks import NETWORKS
from campaigns.sharing.instances import instance_host

from ...factories import make_campaign, make_staff

URL = "https://campaigns.example/en/campaigns/milan-daegu/"
TEXT = f"Mayor & Council, “speak up”: 100% #now\nDaegu 대구 👨‍👩‍👧‍👦 + {URL}"


@pytest.mark.parametrize(
    ("network", "address"),
    [
        ("x", "https://x.com/intent/post?text="),
        ("bluesky", "https://bsky.app/intent/compose?text="),
        ("mastodon", "https://mastodon.example/share?text="),
        ("whatsapp", "https://wa.me/?text="),
        ("line", "https://line.me/R/share?text="),
    ],
)
def test_address_decodes_back_to_the_text(network, address):
    link = NETWORKS[network].compose(TEXT, URL, "mastodon.example")
    assert link.startswith(address)
    assert "+" not in link
    assert parse_qs(urlsplit(link).query) == {"text": [TEXT]}


def test_telegram_takes_the_link_apart_from_the_text():
    query = parse_qs(urlsplit(NETWORKS["telegram"].compose(TEXT, URL)).query)
    assert query == {"url": [URL], "text": [TEXT.removesuffix(URL).strip()]}


def test_facebook_takes_the_link_alone():
    link = NETWORKS["facebook"].compose(TEXT, URL)
    assert link.startswith("https://www.facebook.com/sharer/sharer.php?u=")
    assert parse_qs(urlsplit(link).query) == {"u": [URL]}


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("mastodon.social", "mastodon.social"),
        (" Mastodon.Social. ", "mastodon.social"),
        ("https://mastodon.social/@me", "mastodon.social"),
        ("@me@mastodon.social", "mastodon.social"),
        ("me@mastodon.social", "mastodon.social"),
        ("https://例え.example/x", "xn--r8jz45g.example"),
    ],
)
def test_instance_is_known_by_its_address_or_a_name_on_it(typed, host):
    assert instance_host(typed) == host


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "mastodon",
        "localhost",
        "me.local",
        "127.0.0.1",
        "１２７.0.0.1",
        "0x7f.1",
        "2130706433",
        "[::1]",
        "mastodon.social:8443",
        "https://good.example@evil.example/",
        "https://me:secret@evil.example",
        "a.example\r\nLocation: https://evil.example",
        "a.example\\@evil.example",
        "a.example?@evil.example",
        "//evil.example",
        "javascript://a.example/",
        "ftp://a.example",
        "a..example",
        "-a.example",
        "xn--zz.example",
        "a." * 127 + "example",
        "a" * 5000 + ".example",
    ],
)
def test_instance_that_is_no_public_host_is_refused(typed):
    assert instance_host(typed) is None


pages = pytest.mark.usefixtures("fresh_pages", "db")
PAGE = "/en/campaigns/milan-daegu/"


def make_post(campaign=None, network="any", text="Please speak up: {campaign_url}", language="en"):
    return Post.objects.create(campaign=campaign or make_campaign(), network=network, language=language, text=text)


def link_of(client, path):
    response = client.get(path)
    assert response.status_code == 302
    return response.headers["Location"]


@pages
def test_post_goes_to_its_network_filled_in(client):
    post = make_post()
    link = link_of(client, f"{PAGE}go/x/?post={post.pk}")
    assert link.startswith("https://x.com/intent/post?text=Please%20speak%20up%3A%20http")
    assert parse_qs(urlsplit(link).query)["text"][0].endswith(PAGE)


@pages
@pytest.mark.parametrize("network", ["x", "bluesky", "facebook", "whatsapp", "telegram", "line"])
def test_page_itself_is_passed_on_without_a_post(client, network):
    make_campaign()
    query = parse_qs(urlsplit(link_of(client, f"{PAGE}go/{network}/")).query)
    assert PAGE in "".join(value for values in query.values() for value in values)


@pages
def test_headline_too_long_for_a_network_is_left_out(client):
    make_campaign()
    CampaignText.objects.update(headline="대" * 150)
    assert "%EB" not in link_of(client, f"{PAGE}go/x/")


@pages
def test_way_out_is_neither_kept_nor_indexed(client):
    make_campaign()
    headers = client.get(f"{PAGE}go/x/").headers
    assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex")


@pages
@pytest.mark.parametrize(
    "path",
    [
        "go/myspace/",
        "go/e-mail/",
        "go/kakaotalk/",
        "go/mastodon/",
        "go/x/?post=",
        "go/x/?post=x",
        "go/x/?post=-1",
        "go/x/?post=²",
        "go/x/?post=" + "9" * 1500,
        "go/x/?post=999999",
        "mastodon/?post=999999",
    ],
)
def test_way_to_nothing_is_not_found(client, path):
    make_campaign()
    assert client.get(PAGE + path).status_code == 404


@pages
def test_post_of_another_campaign_is_not_found(client):
    post = make_post(make_campaign("milan-busan"))
    make_campaign()
    assert client.get(f"{PAGE}go/x/?post={post.pk}").status_code == 404


@pages
def test_way_out_of_a_draft_is_not_found(client):
    make_campaign(status="draft")
    assert client.get(f"{PAGE}go/x/").status_code == 404


@pages
def test_post_too_long_for_a_network_is_not_offered_there_and_says_by_how_much(client):
    post = make_post(text="a" * 294)
    html = client.get(PAGE).content.decode()
    assert "too long for X by 14" in html
    assert "294 of 300 on Bluesky" in html
    assert f"go/x/?post={post.pk}" not in html
    assert f"go/bluesky/?post={post.pk}" in html
    assert client.get(f"{PAGE}go/x/?post={post.pk}").status_code == 404


@pages
def test_post_meant_for_one_network_is_offered_there_alone(client):
    post = make_post(network="bluesky")
    html = client.get(PAGE).content.decode()
    assert f"go/bluesky/?post={post.pk}" in html
    assert f"go/x/?post={post.pk}" not in html


@pages
def test_post_meant_for_kakaotalk_is_copied(client):
    make_post(network="kakaotalk", language="ko")
    assert "KakaoTalk: copy the post" in client.get(PAGE).content.decode()


@pages
def test_posts_of_one_language_share_a_paper(client):
    campaign = make_campaign()
    for text in ("one", "two"):
        make_post(campaign, text=text)
    html = client.get(PAGE).content.decode()
    assert html[html.index('id="posts"') :].count('<article class="paper">') == 1


@pages
def test_page_is_shared_by_every_network_that_has_a_form(client):
    make_campaign()
    html = client.get(PAGE).content.decode()
    for network in ("x", "bluesky", "facebook", "whatsapp", "telegram", "line"):
        assert f'href="{PAGE}go/{network}/" rel="nofollow noopener"' in html
    assert f'href="{PAGE}mastodon/"' in html
    assert 'data-deed="e-mail"' in html


@pages
def test_koreans_are_told_how_to_share_on_kakaotalk(client):
    make_campaign()
    assert "카카오톡" in client.get(f"/ko{PAGE[3:]}").content.decode()
    assert "KakaoTalk" not in client.get(PAGE).content.decode()


@pages
def test_mastodon_page_links_to_the_readers_instance(client):
    post = make_post()
    typed = {"post": post.pk, "instance": "@me@mastodon.example"}
    html = client.post(f"{PAGE}mastodon/", typed, headers={"User-Agent": "Mozilla/5.0"}).content.decode()
    assert 'href="https://mastodon.example/share?text=Please%20speak%20up' in html
    assert DeedCount.objects.get().channel == "mastodon"
    assert f'name="post" value="{post.pk}"' in html


@pages
def test_wrong_instance_is_asked_for_again(client):
    make_campaign()
    response = client.post(f"{PAGE}mastodon/", {"instance": "localhost:80"})
    html = response.content.decode()
    assert response.status_code == 422
    assert 'value="localhost:80"' in html
    assert 'aria-describedby="instance-error instance-hint" aria-invalid="true"' in html
    assert "/share?text=" not in html


@pages
def test_mastodon_page_shows_markup_literally(client):
    make_campaign()
    html = client.post(f"{PAGE}mastodon/", {"instance": '"><b>x'}).content.decode()
    assert "<b>x" not in html


@pytest.mark.django_db
def test_post_too_long_for_its_network_is_refused_with_its_values_filled_in():
    campaign = make_campaign()
    with_city_names([campaign.asked_city])
    text = "{asked_city} {year} {campaign_url} "
    known = len(f"{campaign.asked_city.name_in('en')} 2015 ") + 23 + 1
    Post(campaign=campaign, network="x", language="en", text=text + "a" * (280 - known)).full_clean()
    with pytest.raises(ValidationError, match="2 characters too long for X"):
        Post(campaign=campaign, network="x", language="en", text=text + "a" * (282 - known)).full_clean()


@pytest.mark.django_db
def test_post_for_any_network_may_be_long():
    Post(story=Story.objects.create(name="Shared"), language="en", text="{asked_city}" + "a" * 600).full_clean()


@pytest.mark.django_db
def test_admin_shows_how_long_each_post_is(client):
    campaign = make_campaign()
    make_post(campaign, network="x", text="Please speak up: {campaign_url}")
    client.force_login(make_staff("Organizers"))
    html = client.get(f"/admin/campaigns/campaign/{campaign.pk}/change/").content.decode()
    assert "40 of 280 on X" in html


@pytest.mark.django_db
def test_posts_in_the_admin_take_no_statement_each(client, django_assert_max_num_queries):
    campaign = make_campaign()
    client.force_login(make_staff("Organizers"))
    path = f"/admin/campaigns/campaign/{campaign.pk}/change/"
    with django_assert_max_num_queries(500) as few:
        client.get(path)
    for _ in range(5):
        make_post(Campaign.objects.get())
    with django_assert_max_num_queries(len(few) + 6):
        client.get(path)
