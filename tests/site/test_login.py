"""Staff log in; passwords are not guessed by the thousand, and nobody is locked out from elsewhere."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaign_site.known_browser import COOKIE
from petitions import throttling
from petitions.throttling import LOGIN_BY_BROWSER, LOGIN_BY_NAME, LOGIN_BY_NETWORK

from ..factories import make_staff

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
RIGHT = {"username": "moderators", "password": "a long password"}
WRONG = RIGHT | {"password": "a guess"}


@pytest.fixture(autouse=True)
def quick_hasher(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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


class TestKnownBrowser:
    """Everybody behind one address, as in an office or behind a proxy that was forgotten."""

    @pytest.fixture
    def known(self, client):
        make_staff("Moderators")
        client.post(LOGIN, RIGHT)
        client.post("/admin/logout/")
        return client

    @pytest.fixture
    def stranger(self, known):
        stranger = Client()
        for number in range(LOGIN_BY_NETWORK.times + 1):
            stranger.post(LOGIN, WRONG | {"username": f"u{number}"})
        return stranger

    def test_stranger_in_the_network_does_not_lock_it_out(self, known, stranger):
        assert known.post(LOGIN, RIGHT).status_code == 302

    def test_stranger_who_guesses_its_name_does_not_lock_it_out(self, known):
        stranger = Client()
        for _ in range(LOGIN_BY_NAME.times):
            stranger.post(LOGIN, WRONG)
        assert stranger.post(LOGIN, RIGHT).status_code == 429
        assert known.post(LOGIN, RIGHT).status_code == 302

    def test_other_name_from_it_has_no_tries_of_its_own(self, known, stranger):
        make_staff("Organizers")
        assert known.post(LOGIN, RIGHT | {"username": "organizers"}).status_code == 429

    def test_guessing_from_it_is_slow_too(self, known):
        answers = [known.post(LOGIN, WRONG).status_code for _ in range(LOGIN_BY_BROWSER.times + 1)]
        assert answers[-2:] == [200, 429]

    @pytest.mark.parametrize("forged", ["x", "x:y:z", "x" * 5000])
    def test_forged_cookie_is_no_known_browser(self, known, stranger, forged):
        stranger.cookies[COOKIE] = forged
        assert stranger.post(LOGIN, RIGHT).status_code == 429

    def test_cookie_is_for_the_login_alone_and_out_of_reach_of_scripts(self, client):
        make_staff("Moderators")
        cookie = client.post(LOGIN, RIGHT).cookies[COOKIE]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", LOGIN)

    def test_wrong_password_makes_no_browser_known(self, client):
        make_staff("Moderators")
        assert COOKIE not in client.post(LOGIN, WRONG).cookies


def test_right_passwords_do_not_use_up_the_network(client):
    make_staff("Moderators")
    for _ in range(LOGIN_BY_NETWORK.times + 1):
        newcomer = Client()
        last = newcomer.post(LOGIN, RIGHT)
    assert last.status_code == 302
