"""reCAPTCHA where keys are set: strict page, and no signature lost when it cannot be asked."""

from urllib.error import HTTPError, URLError

import pytest
from django.test import override_settings
from django_recaptcha import client as provider_client
from django_recaptcha.client import RecaptchaResponse

from petitions.models import Signature

from ..factories import make_petition

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Elena Marchi",
    "email": "elena@mail.example",
    "country": "IT",
    "city": "Milano",
    "visibility": "initial",
}
ANSWERED = FORM | {"g-recaptcha-response": "an answer"}


@pytest.fixture
def keys():
    with override_settings(
        RECAPTCHA_ENABLED=True, RECAPTCHA_PUBLIC_KEY="public-key", RECAPTCHA_PRIVATE_KEY="private-key"
    ):
        yield


def provider(monkeypatch, answer):
    """The provider is another company's server; its client library is real up to the socket."""

    def submit(**_asked):
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(provider_client, "submit", submit)


def sign(client, form):
    make_petition()
    return client.post("/en/petitions/clean-air/sign/", form)


def test_right_answer_is_not_marked(client, keys, monkeypatch):
    provider(monkeypatch, RecaptchaResponse(is_valid=True))
    sign(client, ANSWERED)
    assert Signature.objects.get().review_reason == ""


def test_wrong_answer_is_refused(client, keys, monkeypatch):
    provider(monkeypatch, RecaptchaResponse(is_valid=False, error_codes=["invalid-input-response"]))
    assert sign(client, ANSWERED).status_code == 422
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    "failure",
    [
        URLError("no route"),
        TimeoutError(),
        HTTPError("https://x.example", 503, "down", None, None),
        ValueError("no JSON"),
    ],
)
def test_provider_away_lets_the_signature_through_marked(client, keys, monkeypatch, failure):
    provider(monkeypatch, failure)
    assert sign(client, ANSWERED).status_code == 302
    assert Signature.objects.get().review_reason == "captcha unreachable"


def test_no_answer_lets_the_signature_through_marked(client, keys):
    sign(client, FORM)
    assert Signature.objects.get().review_reason == "captcha not answered"


def test_page_with_keys_has_no_inline_script_and_names_its_hosts(client, keys, fresh_pages):
    make_petition()
    response = client.get("/en/petitions/clean-air/")
    assert b"<script>" not in response.content
    assert "https://www.google.com/recaptcha/" in response.headers["Content-Security-Policy"]


def test_page_without_keys_loads_nothing_from_elsewhere(client):
    make_petition()
    response = client.get("/en/petitions/clean-air/")
    assert "google" not in response.headers["Content-Security-Policy"] + response.content.decode()
