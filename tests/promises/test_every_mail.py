"""Promises of every mail: two forms with the same facts, the reader's language, a way to stop."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from petitions.mail.rendering import rendered
from petitions.models import Answer, Decision, Follower, OutboxMail, Report

from ..factories import make_comment, make_mailing, make_petition, make_reason, make_signature
from ..public_pages import LANGUAGES

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)
FOLDER = Path(settings.BASE_DIR) / "templates" / "mail"
CONFIRMATIONS = {"confirm_signature", "confirm_comment", "confirm_follow"}
# Asked for by whoever left an address, and no other follows.
ONLY_ONES = {"report_settled"}
# Organizers' words, with all that must not become markup.

NEWS = {
    "subject": "Élise & <b>Roux</b> won",
    "body": "The **market** is closed. <i>now</i> [all](https://x.example/) and [letter](letter/)",
}
ALL = sorted({path.name.split(".")[0] for path in FOLDER.iterdir() if not path.name.startswith("_")})


def recipient(name, petition, language):
    """A person to whom this mail is due, and what it is about."""
    if "follow" in name:
        confirmed_at = timezone.now() if name == "already_following" else None
        address = {"email": "f@mail.example", "canonical_email": "f@mail.example", "language": language}
        return "followed", Follower.objects.create(petition=petition, confirmed_at=confirmed_at, **address)
    if name in ("refused", "shown", "report_settled"):
        return decided(name, petition, language)
    if "comment" in name:
        unsigned = {"email": "c@mail.example", "canonical_email": "c@mail.example", "confirmed_at": None}
        unsigned["state"] = "pending"
        return "commented", make_comment(petition, text="Not & <i>now</i>", language=language, **unsigned)
    if name == "reply":
        comment = make_comment(petition, text="Not & <i>now</i>", language=language, wants_replies=True)
        make_comment(petition, parent=comment, text="Not & <i>yet</i>", email="r@mail.example", canonical_email="r@x")
        return "replied", comment
    if name == "news":
        return "news", make_signature(petition, language=language, wants_updates=True)
    if name == "taken_out":
        out = {"state": "invalidated", "confirmed_at": timezone.now(), "invalidated_at": timezone.now() - A_DAY}
        return name, make_signature(petition, language=language, **out)
    state = "confirmed" if name == "already_signed" else "pending"
    return "signed", make_signature(petition, name="Élise <b>Roux</b>", language=language, state=state)


def decided(name, petition, language):
    """A comment that was refused, or is shown after its author objected; a report of one."""
    state = "rejected" if name == "refused" else "approved"
    comment = make_comment(petition, text="Not & <i>now</i>", language=language, state=state)
    verb = "reject" if name == "refused" else "approve"
    row = Decision.objects.create(
        comment_number=comment.pk,
        actor_id=1,
        by="person",
        verb=verb,
        reason=make_reason(),
        note="Not & <i>now</i>",
        state_before="pending",
        state_after=state,
    )
    if name == "shown":
        Answer.objects.create(comment=comment, kind="object", decision=row, outcome=row, words="Not & <i>now</i>")
    if name != "report_settled":
        return "decided", comment
    said = {"explanation": "Not & <i>now</i>", "law": "Not & <i>now</i>", "email": "r@mail.example"}
    about = {"petition": petition, "comment": comment, "reason": make_reason(), "language": language, "outcome": row}
    return "reported", Report.objects.create(**about, **said)


def send(name, language="en", petition=None):
    kind, person = recipient(name, petition or make_petition(languages=("en", "it", "ko")), language)
    about = {"mailing": make_mailing(person.petition, **NEWS)} if kind == "news" else {}
    mail = OutboxMail.objects.create(kind=kind, language=language, **{person._meta.model_name: person}, **about)
    return as_delivered(rendered(OutboxMail.objects.get(pk=mail.pk)))


def as_delivered(message):
    return message_from_bytes(message.message().as_bytes(), policy=policy.default)


def bodies(message):
    return [message.get_body((kind,)).get_content() for kind in ("plain", "html")]


def links(text):
    return set(re.findall(r"http://localhost[^\s\"<>]+", unescape(text)))


@pytest.mark.parametrize("name", ALL)
def test_text_and_html_have_the_same_links(name):
    plain, html = bodies(send(name))
    assert links(plain)
    assert links(plain) == links(html)


def test_news_in_plain_text_shows_no_marks_and_whole_links():
    plain, html = bodies(send("news"))
    assert "The market is closed." in plain
    assert "<http://localhost:8000/en/petitions/clean-air/letter/>" in plain
    assert 'href="letter/"' not in html


@pytest.mark.parametrize("name", ALL)
def test_words_are_escaped_in_html_only(name):
    plain, html = bodies(send(name))
    assert "<b>Roux" not in html
    assert "<i>now" not in html
    assert "&amp;" not in plain
    assert "&#x27;" not in plain


@pytest.mark.parametrize("title", ["{{ 7|add:7 }} {% now 'Y' %} {% broken"])
def test_template_syntax_in_a_title_stays_words(title):
    petition = make_petition()
    petition.texts.update(title=title)
    message = send("confirm_signature", petition=petition)
    for part in (message["Subject"], *map(unescape, bodies(message))):
        assert title in part


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in ALL if name != "news"])
def test_mail_carries_nothing_that_was_typed_into_a_form(name, language):
    """Whoever types a stranger's address into a form would have us send them an advertisement."""
    typed = {
        "explanation": "Cheap-Pills",
        "law": "Cheap-Pills",
        "name": "Cheap-Pills",
        "shown_name": "Cheap-Pills",
        "city": "Cheap-Pills",
        "text": "Cheap-Pills",
    }
    petition = make_petition(languages=("en", "it", "ko"))
    kind, person = recipient(name, petition, language)
    for row in (person, *petition.comments.all()):
        for field in typed.keys() & {field.name for field in row._meta.fields}:
            setattr(row, field, typed[field])
        row.save()
    mail = OutboxMail.objects.create(kind=kind, language=language, **{person._meta.model_name: person})
    message = rendered(OutboxMail.objects.get(pk=mail.pk)).message()
    headers = " ".join(str(value) for _name, value in as_delivered(rendered(mail)).items())
    assert "Pills" not in headers + "".join(bodies(message_from_bytes(message.as_bytes(), policy=policy.default)))


TITLES = {
    "ko": "밀라노 시장님, 자매도시 대구광역시에 개와 고양이 고기 거래를 끝내 달라고 요청해 주십시오. "
    "칠성시장의 철장은 아직도 그대로 있고 동물들은 오늘도 기다립니다. 함께해 주십시오",
    "de": "Herr Bürgermeister, bitten Sie die Partnerstadt um die Abschaffung der Hundefleischverarbeitungsbetriebe "
    "und Katzenfleischgroßmärkte",
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_subject_ends_with_a_whole_word(title):
    petition = make_petition()
    petition.texts.update(title=title)
    subject = send("confirm_signature", petition=petition)["Subject"].strip()
    assert subject.endswith("…")
    shown = subject.removesuffix("…").removeprefix("Confirm your signature: ")
    assert title.startswith(shown)
    assert title[len(shown)] in " .,"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ALL)
def test_mail_speaks_the_readers_language(name, language):
    message = send(name, language)
    _plain, html = bodies(message)
    assert message["Content-Language"] == language
    assert f'lang="{language}"' in html
    assert all(f"/{language}/" in link for link in links(html))


@pytest.mark.parametrize("name", [name for name in ALL if name != "news"])
def test_subject_names_the_petition(name):
    assert "Title clean-air" in send(name)["Subject"]


def test_news_say_what_was_approved_and_which_petition_it_is_about():
    message = send("news")
    assert message["Subject"] == NEWS["subject"]
    for body in bodies(message):
        assert "Title clean-air" in body


@pytest.mark.parametrize("name", ALL)
def test_mail_says_why_one_gets_it(name):
    plain, html = bodies(send(name))
    assert "You get this mail because" in plain
    assert "You get this mail because" in html


@pytest.mark.parametrize("name", ALL)
def test_only_mails_nobody_asked_for_just_now_can_be_stopped_by_one_click(name):
    message = send(name)
    if name in CONFIRMATIONS | ONLY_ONES:
        assert message["List-Unsubscribe"] is None
    else:
        assert re.fullmatch(r"<http://localhost[^>]+/stop[^>]*>", message["List-Unsubscribe"].strip())
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_click_stops_the_mails(client):
    url = send("already_signed")["List-Unsubscribe"].strip(" <>").replace("http://localhost:8000", "")
    response = client.post(url, {"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"})
    assert response.status_code == 200


def test_line_breaks_cannot_reach_the_headers():
    petition = make_petition()
    petition.texts.update(title="A title\r\nBcc: everyone@mail.example")
    message = send("confirm_signature", petition=petition)
    assert message["Bcc"] is None


def test_every_mail_has_its_three_files():
    wanted = {f"{name}{ending}" for name in ALL for ending in (".subject.txt", ".txt", ".html")}
    assert wanted == {path.name for path in FOLDER.iterdir() if not path.name.startswith("_")}


@pytest.mark.parametrize("name", ALL)
def test_mail_keeps_its_message_id_however_often_it_is_sent(name):
    send(name)
    mail = OutboxMail.objects.get()
    first, second = rendered(mail), rendered(OutboxMail.objects.get())
    assert first.message()["Message-ID"] == second.message()["Message-ID"] == f"<{mail.message_id}@localhost>"
