"""The switch of languages keeps what was typed, offers only what the page speaks, and takes no act."""

import re

import pytest

from campaigns.models import CampaignText
from petitions.links import token_for
from petitions.models import Comment, Follower, OutboxMail, Signature

from ...factories import make_campaign, make_petition, make_signature
from ...petitions.test_captcha import FORM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]

PETITION = "/en/petitions/clean-air/"
BUTTON = re.compile(r'<button class="as-link"[^>]*form="([^"]+)"[^>]*formaction="([^"]+)"[^>]*lang="it"')


def way_to_italian(html):
    """The form that is sent, and where to."""
    found = BUTTON.search(html)
    assert found
    form, action = found.groups()
    assert html.count(f'id="{form}"') == 1
    return form, action


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("sign/", {"name": "Ana Prova", "email": "ana@", "city": "Roma"}),
        ("comments/", {"name": "Ana Prova", "email": "ana@", "text": "Roma"}),
        ("follow/", {"email": "Roma@"}),
    ],
)
def test_page_of_errors_switches_by_sending_what_stands_in_the_form(client, path, form):
    make_petition()
    answer = client.post(PETITION + path, form)
    assert answer.status_code == 422
    _form, action = way_to_italian(answer.content.decode())
    assert action == f"/it/petitions/clean-air/{path}"
    again = client.post(action, form | {"show": "1"})
    html = again.content.decode()
    assert again.status_code == 200
    assert '<html lang="it"' in html
    assert "Roma" in html
    assert "error-summary" not in html
    # And back.
    assert 'formaction="/en/petitions/clean-air/' in html


def test_showing_a_sound_form_in_another_language_takes_no_act(client):
    make_petition()
    client.post(f"{PETITION}sign/", FORM | {"show": "1"})
    client.post(f"{PETITION}comments/", {"name": "Ugo", "email": "u@mail.example", "text": "Because.", "show": "1"})
    client.post(f"{PETITION}follow/", {"email": "u@mail.example", "show": "1"})
    assert not any(model.objects.exists() for model in (Signature, Comment, Follower, OutboxMail))


def test_endless_text_is_cut_before_it_is_shown_again(client):
    make_petition()
    html = client.post(f"{PETITION}sign/", FORM | {"comment": "x" * 100_000, "show": "1"}).content.decode()
    assert "x" * 9000 not in html


def test_own_page_keeps_a_comment_and_a_change(client):
    signature = make_signature()
    own = f"/en/signatures/{token_for(signature)}/"
    html = client.post(f"{own}comment/", {"text": "x" * 2001}).content.decode()
    assert way_to_italian(html)[0] == "own-comment-form"
    html = client.post(f"{own}comment/".replace("/en/", "/it/"), {"text": "Because.", "show": "1"}).content.decode()
    assert "Because.</textarea>" in html
    html = client.post(f"{own}change/", {"name": "", "city": "Roma"}).content.decode()
    _form, action = way_to_italian(html)
    html = client.post(action, {"name": "Ana", "city": "Roma", "country": "IT", "show": "1"}).content.decode()
    assert 'value="Roma"' in html
    signature.refresh_from_db()
    assert signature.city == "Milano"
    assert not Comment.objects.exists()


@pytest.mark.parametrize("path", ["letter/", "letter/draft.eml"])
def test_composer_keeps_what_was_typed(client, path):
    campaign = make_campaign()
    html = client.post(f"/en/campaigns/{campaign.slug}/{path}", {"name": "", "address": "Roma"}).content.decode()
    _form, action = way_to_italian(html)
    assert action == f"/it/campaigns/{campaign.slug}/letter/"
    answer = client.post(action, {"name": "Ana Prova", "address": "Roma", "show": "1"})
    assert answer.status_code == 200
    assert "Roma</textarea>" in answer.content.decode()
    assert 'value="Ana Prova"' in answer.content.decode()


def test_page_that_is_only_read_has_plain_links(client):
    make_petition()
    assert "as-link" not in client.get(PETITION).content.decode()


def offered(html):
    return re.findall(r'<div class="language-offer" hidden data-offer="(\w+)"', html)


def test_campaign_is_offered_only_in_languages_in_which_it_is_told(client, monkeypatch):
    monkeypatch.setattr("campaigns.templatetags.language_links.pgettext", lambda _context, text: f"~{text}")
    campaign = make_campaign()
    CampaignText.objects.create(campaign=campaign, language="ko", headline="제목", summary="요약", body="본문")
    html = client.get(f"/en/campaigns/{campaign.slug}/").content.decode()
    assert offered(html) == ["ko"]


def test_language_without_a_catalog_is_not_offered(client, monkeypatch):
    monkeypatch.setattr("campaigns.templatetags.language_links.pgettext", lambda _context, text: text)
    make_petition()
    assert offered(client.get("/it/petitions/clean-air/").content.decode()) == ["en"]


def test_offer_waits_hidden_in_its_own_language(client, monkeypatch):
    monkeypatch.setattr("campaigns.templatetags.language_links.pgettext", lambda _context, text: f"~{text}")
    make_petition()
    html = client.get(PETITION).content.decode()
    assert re.search(r'hidden data-offer="it"><a href="/it/petitions/clean-air/" lang="it" dir="ltr"', html)
    assert 'data-offer="en"' not in html


def test_menu_of_a_phone_reaches_every_page_and_language(client):
    make_petition()
    html = client.get(PETITION).content.decode()
    menu = html[html.index('<details class="menu">') : html.index("</details>")]
    for path in (
        "/en/campaigns/",
        "/en/about/",
        "/en/privacy/",
        "/it/petitions/clean-air/",
        "/ko/petitions/clean-air/",
    ):
        assert f'href="{path}"' in menu
