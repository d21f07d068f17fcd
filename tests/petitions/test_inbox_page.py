"""After signing: where we wrote, to be mended; and once more, if no mail comes."""

import re

import pytest
from django.utils.html import escape

from petitions import signing
from petitions.links import token_for
from petitions.mail.rendering import rendered
from petitions.models import Comment, Follower, OutboxMail, PetitionText, Signature
from petitions.throttling import RESENDING

from ..factories import make_campaign, make_petition
from .test_captcha import FORM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]

SIGN = "/en/petitions/clean-air/sign/"


def sign(client, **changes):
    make_petition()
    return client.post(SIGN, FORM | changes).headers["Location"]


def html_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def sent_all():
    OutboxMail.objects.update(state="sent")


def test_page_shows_the_address_and_its_own_address_does_not(client):
    page = sign(client)
    assert "elena" not in page
    assert "elena@mail.example" in html_of(client, page)


def test_reload_of_the_page_sends_nothing(client):
    page = sign(client)
    sent_all()
    html_of(client, page)
    html_of(client, page)
    assert OutboxMail.objects.count() == 1


def test_page_is_kept_by_nobody(client):
    answer = client.get(sign(client))
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert 'name="robots" content="noindex' in answer.content.decode()


def test_everything_but_the_address_stands_in_the_form_again(client):
    html = html_of(
        client, sign(client, name="Ana Prova", country="KR", city="대구", comment="Because.", visibility="full")
    )
    assert 'value="Ana Prova"' in html
    assert 'value="대구"' in html
    assert "Because.</textarea>" in html
    assert re.search(r'<option value="KR" selected', html)
    assert 'value="elena@mail.example"' not in html


def test_comment_too_long_for_an_address_is_asked_for_again(client):
    words = "".join(chr(0xAC00 + number) for number in range(2000))
    page = sign(client, comment=words)
    assert len(page) < 4000
    html = html_of(client, page)
    assert "too long to be kept here" in html
    assert 'value="Milano"' in html


def test_comment_and_follow_forms_are_kept_too(client):
    make_petition()
    comment = {"name": "Ugo Neri", "email": "ugo@mail.example", "text": "Because."}
    html = html_of(client, client.post("/en/petitions/clean-air/comments/", comment).headers["Location"])
    assert "Because.</textarea>" in html
    follow = {"email": "ugo@mail.example"}
    html = html_of(client, client.post("/en/petitions/clean-air/follow/", follow).headers["Location"])
    assert "ugo@mail.example" in html


def test_mail_is_sent_again_to_who_asks(client):
    page = sign(client)
    sent_all()
    answer = client.post(f"{page}again/")
    assert answer.headers["Location"].startswith(page)
    assert "We are writing once more" in html_of(client, answer.headers["Location"].partition("#")[0])
    assert OutboxMail.objects.waiting().get().signature == Signature.objects.get()


@pytest.mark.parametrize(("path", "model"), [("comments", Comment), ("follow", Follower)])
def test_other_mails_are_sent_again_too(client, path, model):
    make_petition()
    form = {"name": "Ugo Neri", "email": "ugo@mail.example", "text": "Because."}
    page = client.post(f"/en/petitions/clean-air/{path}/", form).headers["Location"]
    sent_all()
    client.post(f"{page}again/")
    assert OutboxMail.objects.waiting().get().recipient == model.objects.get()


def test_mail_that_still_waits_is_not_doubled(client):
    client.post(f"{sign(client)}again/")
    assert OutboxMail.objects.count() == 1


def test_nothing_of_the_signature_changes_by_asking_again(client):
    page = sign(client)
    client.post(SIGN, FORM | {"name": "Elena M. Marchi"})
    client.post(f"{page}again/")
    assert Signature.objects.get().name == "Elena M. Marchi"


def test_one_page_asks_a_few_times_and_is_told_when_to_come_back(client):
    page = sign(client)
    for _ in range(RESENDING.times):
        assert client.post(f"{page}again/").status_code == 302
    answer = client.post(f"{page}again/")
    assert answer.status_code == 429
    assert "Retry-After" in answer.headers
    assert "Please wait" in answer.content.decode()


def test_mailbox_of_a_third_person_gets_at_most_five_mails_a_day(client):
    make_petition()
    for _ in range(4):
        page = client.post(SIGN, FORM).headers["Location"]
        for _ in range(3):
            sent_all()
            client.post(f"{page}again/")
    assert OutboxMail.objects.count() == 5


def test_made_up_page_sends_nothing_and_leads_to_what_helps(client):
    make_petition()
    page = "/en/petitions/clean-air/check-inbox/gAAAAABnonsense/"
    assert client.post(f"{page}again/").headers["Location"] == "/en/petitions/clean-air/check-inbox/"
    assert client.get(page).headers["Location"] == "/en/petitions/clean-air/check-inbox/"
    assert not OutboxMail.objects.exists()


def test_page_of_one_petition_opens_at_no_other(client):
    page = sign(client)
    make_petition("other")
    other = page.replace("/clean-air/", "/other/")
    assert client.get(other).headers["Location"] == "/en/petitions/other/check-inbox/"


def test_looking_at_the_address_for_sending_again_sends_nothing(client):
    page = sign(client)
    sent_all()
    assert client.get(f"{page}again/").status_code == 405
    assert not OutboxMail.objects.waiting().exists()


def test_other_sites_pages_cannot_ask(client):
    page = sign(client)
    sent_all()
    assert client.post(f"{page}again/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not OutboxMail.objects.waiting().exists()


def test_erased_signature_gets_the_same_answer_and_no_mail(client):
    page = sign(client)
    Signature.objects.all().delete()
    assert client.post(f"{page}again/").status_code == 302
    assert not OutboxMail.objects.exists()


def test_notice_is_gone_when_the_page_is_opened_later(client):
    page = sign(client)
    assert "We are writing once more" not in html_of(client, f"{page}?done=again.1764000000")


@pytest.mark.parametrize("language", ["en", "it", "ko"])
def test_one_title_from_the_inbox_page_to_the_mail_and_the_own_page(client, language):
    campaign = make_campaign()
    petition = campaign.petition
    title = {"en": "One & only", "it": "Uno & solo", "ko": "하나 & 뿐"}
    petition.texts.all().delete()
    for tag, words in title.items():
        PetitionText.objects.create(petition=petition, language=tag, title=words, addressed_to="x", body="y")
    page = client.post(f"/{language}/petitions/{petition.slug}/sign/", FORM).headers["Location"]
    signature = Signature.objects.get()
    mail = rendered(OutboxMail.objects.get())
    confirm = f"/{language}/signatures/{token_for(signature)}/confirm/"
    pages = [html_of(client, page), html_of(client, confirm)]
    signing.confirm(signature)
    pages.append(html_of(client, confirm.replace("confirm/", "")))
    assert all(escape(title[language]) in html for html in [*pages, mail.alternatives[0][0]])
    assert title[language] in mail.subject
    assert title[language] in mail.body
    assert not any("Headline of" in html for html in pages)
