"""The database slow, locked or away: a kept page or one that says when to return, and never a trace."""

import os
import subprocess
import sys
from contextlib import closing, contextmanager
from typing import Any

import psycopg2
import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from campaign_site.database import LIMITS, limited
from campaign_site.management.commands import migrate
from campaign_site.urls import urlpatterns as site_urls

from ..factories import make_campaign
from ..petitions.test_captcha import FORM
from .test_environment import ROOT, start

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/en/campaigns/milan-daegu/"


def slow(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(10)")
    return HttpResponse("too late")


urlpatterns = [path("slow/", slow), *site_urls]
handler500 = "campaign_site.errors.server_error"


@contextmanager
def other_connection():
    with closing(psycopg2.connect(**connection.get_connection_params())) as other:
        yield other


@contextmanager
def locked(*tables):
    """As a migration locks them."""
    with other_connection() as other, other.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
        yield other


@pytest.fixture
def impatient():
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'; SET statement_timeout = '500ms'")
    yield
    connection.close()


@pytest.fixture
def refused(monkeypatch):
    """Nobody listens where the database was."""
    connection.close()
    kept = {name: connection.settings_dict[name] for name in ("HOST", "PORT")}
    connection.settings_dict.update(HOST="127.0.0.1", PORT="1")
    yield
    connection.close()
    connection.settings_dict.update(kept)


def says_when_to_return(response):
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Frame-Options"] == "DENY"
    html = response.content.decode()
    assert "<h1" in html
    assert "Traceback" not in html
    return True


@pytest.fixture
def kept(settings, client):
    """A page kept from before, which is due to be made anew."""
    settings.PAGE_CACHE_SECONDS = 60
    make_campaign()
    content = client.get(PAGE).content
    shelf: Any = caches["pages"]
    for key in list(shelf._cache):
        name = key.split(":", 2)[2]
        old = shelf.get(name)
        shelf.set(name, type(old)(old.page, 0, old.made_at), 60)
    return content


def test_statement_that_takes_too_long_is_given_up(client, impatient, settings):
    settings.ROOT_URLCONF = __name__
    assert says_when_to_return(client.get("/slow/"))


def test_connection_that_was_given_up_is_good_again(client, impatient, settings):
    settings.ROOT_URLCONF = __name__
    client.get("/slow/")
    assert client.get("/en/about/").status_code == 200


def test_locked_table_shows_the_kept_page(client, kept, impatient):
    with locked("campaigns_campaign"):
        response = client.get(PAGE)
    assert response.status_code == 200
    assert response.content == kept
    assert "Warning" not in response.headers


def test_locked_table_makes_only_the_first_reader_wait(client, kept, impatient, django_assert_num_queries):
    with locked("campaigns_campaign"):
        client.get(PAGE)
        with django_assert_num_queries(0):
            client.get(PAGE)


def test_locked_table_without_a_kept_page_says_when_to_return(client, impatient, fresh_pages):
    make_campaign()
    with locked("campaigns_campaign"):
        assert says_when_to_return(client.get(PAGE))


def test_signing_into_a_locked_table_says_when_to_return(client, impatient):
    campaign = make_campaign()
    with locked("petitions_signature"):
        assert says_when_to_return(client.post(f"/en/petitions/{campaign.petition.slug}/sign/", FORM))


def test_refused_connection_shows_the_kept_page(client, kept, refused):
    assert client.get(PAGE).content == kept


@pytest.mark.parametrize("path", ["/en/campaigns/other/", "/en/petitions/x/comments/", "/admin/login/"])
def test_refused_connection_says_when_to_return(client, refused, path):
    client.cookies.load({"sessionid": "a" * 32})
    response = client.get(path)
    assert path == "/admin/login/" or says_when_to_return(response)
    assert response.status_code != 500


def test_error_in_a_middleware_says_when_to_return(refused):
    client = Client(raise_request_exception=False, headers={"Content-Length": "2000000"})
    client.cookies.load({"sessionid": "a" * 32})
    body = {"CONTENT_LENGTH": "2000000", "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    assert says_when_to_return(client.request(REQUEST_METHOD="POST", PATH_INFO="/admin/", **body))


def test_refused_connection_is_told_to_monitors(client, refused):
    assert client.get("/readyz").status_code == 503


class TestLimits:
    @pytest.mark.parametrize(
        ("kind", "statement", "lock", "idle"), [("web", "5s", "2s", "10s"), ("migrate", "0", "5s", "0")]
    )
    def test_database_is_told_when_connecting(self, kind, statement, lock, idle):
        options = limited({"OPTIONS": {}}, kind)["OPTIONS"]
        with closing(psycopg2.connect(**connection.get_connection_params() | options)) as told, told.cursor() as cursor:
            said = []
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
                cursor.execute(f"SHOW {name}")
                said.append(cursor.fetchone()[0])
        assert said == [statement, lock, idle]

    def test_web_is_what_settings_mean_by_default(self):
        assert start("settings.DATABASES['default']['OPTIONS']['options']") == LIMITS["web"].as_options

    def test_options_of_the_url_come_last_and_win(self):
        said = limited({"OPTIONS": {"options": "-c lock_timeout=9", "connect_timeout": 1}}, "web")["OPTIONS"]
        assert said["options"].endswith("-c lock_timeout=9")
        assert said["connect_timeout"] == 1

    def test_command_is_given_its_own_though_env_has_an_empty_line(self):
        say = "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS']['options'])"
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", say],
            cwd=ROOT,
            env=os.environ | {"DATABASE_LIMITS": ""},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == LIMITS["command"].as_options

    def test_unknown_kind_is_refused_by_name(self):
        assert "DATABASE_LIMITS" in start(DATABASE_LIMITS="fast")


class TestMigrate:
    def test_locked_table_is_tried_again(self, impatient, monkeypatch, capsys):
        with locked("django_migrations") as other:
            monkeypatch.setattr(migrate.time, "sleep", lambda _seconds: other.rollback())
            call_command("migrate", verbosity=0)
        assert "Trying again" in capsys.readouterr().err

    def test_table_locked_for_good_is_reported(self, impatient, monkeypatch):
        monkeypatch.setattr(migrate, "PAUSES", (0, 0))
        with locked("django_migrations"), pytest.raises(migrate.OperationalError):
            call_command("migrate", verbosity=0)
