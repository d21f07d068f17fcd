"""Staff log in; passwords are not guessed by the thousand, and nobody is locked out from elsewhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaign_site.login import LOGIN_BY_NAME, LOGIN_BY_NETWORK
from petitions import throttling

from ..factories import make_staff

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
RIGHT = {"username": "moderators", "password": "a long password"}
WRONG = RIGHT | {"password": "a guess"}


@pytest.fixture(autouse=True)
def one_window(monkeypatch):
    now = timezone.now().replace(minute=1)
    monkeypatch.setattr(throttling.timezone, "now", lambda: now)
    return now


@pytest.fixture
def guessed(client):
    make_staff("Moderators")
    for _ in range(LOGIN_BY_NAME.times):
        client.post(LOGIN, WRONG)


def test_right_password_opens_the_overview(client):
    make_staff("Moderators")
    assert client.post(LOGIN, RIGHT).status_code == 302


def test_many_guesses_are_refused_and_told_when_to_return(client, guessed):
    response = client.post(LOGIN, WRONG)
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert "Too many tries" in response.content.decode()


def test_right_password_after_many_guesses_is_refused_too(client, guessed):
    assert client.post(LOGIN, RIGHT).status_code == 429


def test_other_writing_of_the_name_is_counted_with_it(client, guessed):
    assert client.post(LOGIN, WRONG | {"username": " Moderators"}).status_code == 429


def test_colleague_in_another_network_is_not_locked_out(client, guessed):
    assert client.post(LOGIN, RIGHT, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_next_window_lets_in_again(client, guessed, monkeypatch, one_window):
    monkeypatch.setattr(throttling.timezone, "now", lambda: one_window + timedelta(minutes=10))
    assert client.post(LOGIN, RIGHT).status_code == 302


def test_many_names_from_one_network_are_refused(client, monkeypatch):
    answers = [client.post(LOGIN, WRONG | {"username": f"u{n}"}) for n in range(LOGIN_BY_NETWORK.times + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
