"""Staff who forgot their password reset it by mail; nobody learns whose address is known."""

import re

import pytest
from django.contrib.auth.models import User
from django.core import mail as django_mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_otp.plugins.otp_totp.models import TOTPDevice

from petitions.mail.outbox import MAILS_A_DAY
from petitions.mail.sending import Outgoing
from petitions.models import OutboxMail, StaffAct
from petitions.throttling import RESET_BY_NETWORK

from ..factories import make_staff
from ..outbox import send_all, waiting_mails

pytestmark = pytest.mark.django_db
ASK, LOGIN = "/admin/password-reset/", "/admin/login/"
NEW = {"new_password1": "a quite other one", "new_password2": "a quite other one"}


@pytest.fixture(autouse=True)
def quick_hasher(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def anna():
    user = make_staff("Moderators", "anna")
    user.email = "anna@site.example"
    user.save()
    return user


def ask(client, email="Anna@Site.example", **headers):
    return client.post(ASK, {"email": email}, **headers)


def link():
    (message,) = waiting_mails()
    return re.search(r"http://localhost:\d+(/admin/password-reset/\S+)", message.body)[1]


def reset(client):
    return client.post(client.get(link()).url, NEW)


def log_in(client, password=NEW["new_password1"]):
    return client.post(LOGIN, {"username": "anna", "password": password})


def test_login_page_offers_it(client):
    assert f'href="{ASK}"' in client.get(LOGIN).content.decode()


def test_link_in_the_mail_sets_the_password(client, anna):
    ask(client)
    assert reset(client).url == "/admin/password-reset/done/"
    assert f'href="{LOGIN}"' in client.get(ASK + "done/").content.decode()
    assert log_in(client).status_code == 302
    assert StaffAct.objects.filter(verb="reset password", actor_name="anna").exists()


def test_pages_of_the_way_answer(client, anna):
    ask(client)
    pages = [ASK, ASK + "sent/", client.get(link()).url, ASK + "done/", ASK + "Mg/no-such-token/"]
    assert [client.get(page).status_code for page in pages] == [200] * 5


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Password reset on"), ("it", "Password reset su"), ("ko", "비밀번호")]
)
def test_mail_is_in_the_language_of_the_page(client, anna, language, words):
    ask(client, HTTP_ACCEPT_LANGUAGE=language)
    (message,) = waiting_mails()
    assert words in message.subject
    assert message.extra_headers["Content-Language"] == language


@pytest.mark.django_db(transaction=True)
def test_worker_sends_it(client):
    user = User.objects.create_user("anna", "anna@site.example", "a long password", is_staff=True)
    ask(client)
    outgoing = Outgoing()
    try:
        assert outgoing.deliver() == 1
    finally:
        outgoing.close()
    assert [message.to for message in django_mail.outbox] == [[user.email]]


def test_same_answer_and_statements_for_known_and_unknown_addresses(client, anna):
    def answered(email):
        with CaptureQueriesContext(connection) as captured:
            response = ask(client, email)
        return response.status_code, response.url, len(captured), response.cookies.keys()

    assert answered("anna@site.example") == answered("nobody@site.example")
    assert OutboxMail.objects.count() == 1


@pytest.mark.parametrize("changes", [{"is_active": False}, {"is_staff": False}, {"password": "!"}, {"email": ""}])
def test_who_may_not_log_in_gets_no_mail(client, anna, changes):
    User.objects.update(**changes)
    ask(client)
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize("changes", [{"is_active": False}, {"is_staff": False}, {"password": "!"}, {"email": ""}])
def test_what_changed_since_is_seen_at_sending(client, anna, changes):
    ask(client)
    User.objects.update(**changes)
    assert waiting_mails() == []


def test_link_of_somebody_who_left_opens_nothing(client, anna):
    ask(client)
    url = link()
    User.objects.update(is_staff=False)
    assert client.get(url).status_code == 200
    assert "new_password1" not in client.get(url).content.decode()


def test_link_works_once(client, anna):
    ask(client)
    url = link()
    client.post(client.get(url).url, NEW)
    assert "new_password1" not in client.get(url, follow=True).content.decode()


def test_weak_password_is_refused(client, anna):
    ask(client)
    assert client.post(client.get(link()).url, {"new_password1": "anna", "new_password2": "anna"}).status_code == 200
    assert log_in(client, "anna").status_code == 200


def test_reset_ends_all_sessions(client, anna):
    elsewhere = Client()
    elsewhere.force_login(anna)
    ask(client)
    reset(client)
    assert elsewhere.get("/admin/").status_code == 302


def test_second_factor_is_still_asked_for(client, anna):
    TOTPDevice.objects.create(user=anna, confirmed=True)
    ask(client)
    reset(client)
    assert log_in(client).url == "/admin/login/code/"


def test_asking_often_from_one_network_is_refused(client):
    answers = [ask(client, f"n{number}@site.example") for number in range(RESET_BY_NETWORK.times + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [302, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "Too many tries" in answers[-1].content.decode()


def test_nobody_is_mailed_without_end(client, anna):
    for _ in range(MAILS_A_DAY + 2):
        ask(client)
        send_all()
    assert OutboxMail.objects.count() == MAILS_A_DAY


@pytest.mark.parametrize("email", ["", "no address", "a" * 400 + "@site.example", "a\0@site.example"])
def test_bad_address_is_asked_for_again(client, email):
    assert ask(client, email).status_code in (200, 400)


@pytest.mark.parametrize(
    "link", ["x/y/", "_/set-password/", "9" * 400 + "/a-b/", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM/a-b/"]
)
def test_made_up_link_is_answered(client, link):
    assert client.get(ASK + link).status_code == 200


def test_form_from_elsewhere_is_refused(anna):
    assert Client(enforce_csrf_checks=True).post(ASK, {"email": anna.email}).status_code == 403
