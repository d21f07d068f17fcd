"""The sign form: four fields and a button, the rest behind one line."""

import html
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings
from django.utils.translation import override

from petitions.fields import PlainTextField
from petitions.models import Comment, Signature

from ..factories import make_petition
from ..public_pages import LANGUAGES
from .test_captcha import FORM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]


def page(client, form=None, language="en"):
    make_petition(languages=("en", "it", "ko"))
    path = f"/{language}/petitions/clean-air/"
    answer = client.get(path) if form is None else client.post(f"{path}sign/", form)
    return answer.content.decode()


def fold(words):
    return re.search(r'<details class="fold" id="more"( open)?>(.*?)</details>', words, re.DOTALL)


def test_what_must_be_filled_in_stands_before_the_fold(client):
    words = page(client)
    start = fold(words).start()
    before = re.findall(r'for="sign-(\w+)"', words[:start])
    inside = re.findall(r'for="sign-(\w+)"', fold(words)[2])
    assert (before, inside) == (
        ["name", "email", "country", "city"],
        ["visibility", "shown_name", "comment", "wants_updates"],
    )


def test_captcha_stands_between_fold_and_button(client):
    with override_settings(RECAPTCHA_ENABLED=True, RECAPTCHA_PUBLIC_KEY="k", RECAPTCHA_PRIVATE_KEY="k"):
        words = page(client)
    form = words[fold(words).end() : words.index("</form>", fold(words).end())]
    assert 0 <= form.index("g-recaptcha") < form.index("<button")


def test_fold_is_closed_at_first(client):
    assert fold(page(client))[1] is None


def test_fold_is_closed_where_nothing_in_it_was_used(client):
    assert fold(page(client, FORM | {"city": "", "shown_name": "", "comment": ""}))[1] is None


@pytest.mark.parametrize(
    "used",
    [{"comment": "Because."}, {"wants_updates": "on"}, {"visibility": "full"}, {"shown_name": "A. from Milan"}],
    ids=lambda used: next(iter(used)),
)
def test_fold_is_open_where_something_in_it_was_used(client, used):
    assert fold(page(client, FORM | {"city": ""} | used))[1] == " open"


def test_fold_is_open_where_what_was_typed_is_shown_in_another_language(client):
    assert fold(page(client, FORM | {"comment": "Because.", "show": "1"}, "it"))[1] == " open"
    assert fold(client.post("/it/petitions/clean-air/sign/", FORM | {"show": "1"}).content.decode())[1] is None


def test_fold_is_open_where_something_in_it_is_wrong(client):
    words = fold(page(client, FORM | {"shown_name": "evil.app"}))
    assert words[1] == " open"
    assert "Leave out web and e-mail addresses." in words[2]


def test_one_line_says_both_promises(client):
    consent = re.search(r'<p class="consent">(.*?)<a', page(client), re.DOTALL)[1]
    assert "the Mayor of Milan gets your full name" in consent
    assert "the public sees what you choose" in consent


def test_label_says_that_the_address_is_never_shown_and_that_it_signs_once(client):
    assert '<span class="optional">(never shown; one per person)</span>' in page(client)


def test_page_of_errors_says_what_would_be_shown(client):
    words = page(client, FORM | {"name": "Nagy Anna", "country": "HU", "city": ""})
    assert "Left empty: “Anna N.”" in html.unescape(fold(words)[2])


def test_proposal_on_a_page_of_errors_is_escaped(client):
    assert "<b>" not in fold(page(client, FORM | {"name": "<b>Anna</b> Rossi", "city": ""}))[2]


def test_shown_name_is_proposed_where_none_was_written(client):
    page(client, FORM | {"name": "홍길동", "country": "KR"})
    assert Signature.objects.get().shown_name == "홍○○"


def test_shown_name_is_what_was_written(client):
    page(client, FORM | {"shown_name": "Elena\u200b from Milan"})
    assert Signature.objects.get().shown_name == "Elena from Milan"


def test_shown_name_longer_than_sixty_is_refused(client):
    assert "at least" not in page(client, FORM | {"shown_name": "a" * 61})
    assert not Signature.objects.exists()


def test_unseen_characters_pasted_with_an_address_are_dropped(client):
    page(client, FORM | {"email": "\u2060elena@mail.example\u200b\ufeff"})
    assert Signature.objects.get().email == "elena@mail.example"


def test_comment_that_nobody_sees_is_none(client):
    page(client, FORM | {"comment": "\u200b\n\u3164\u2800"})
    assert Signature.objects.exists()
    assert not Comment.objects.exists()


def test_comment_turns_no_neighbours(client):
    page(client, FORM | {"comment": "Good\u202e idea"})
    assert Comment.objects.get().text == "Good idea"


@pytest.mark.parametrize("language", LANGUAGES)
def test_length_is_told_kindly_in_every_language(language):
    with override(language), pytest.raises(ValidationError) as found:
        PlainTextField(rows=1, max_lines=9, max_length=10).clean("a" * 11)
    message = found.value.messages[0]
    assert "10" in message
    assert "11" in message
    assert "Ensure" not in message


def test_length_of_one_is_told_in_the_singular():
    with pytest.raises(ValidationError, match="1 character fits"):
        PlainTextField(rows=1, max_lines=9, max_length=1).clean("aa")
