"""How we count, in plain words and for programs: the same for everyone, of nobody in particular."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petitions import ledger
from petitions.models import ActCount, Ledger, Petition

from ..factories import make_campaign, make_petition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]
PAGE = "/en/petitions/clean-air/integrity/"
JSON = "/en/petitions/clean-air/integrity.json"
CSV = "/en/petitions/clean-air/integrity.csv"
FIRST = date(2026, 3, 1)
# The campaign that is its home takes two more statements.
PAGE_BUDGET = 9


def make_days(petition, days=1, **acts):
    """Each of `acts` as so many on each of the days, written down; `twice=7` is an invalidation for that reason."""
    Ledger.objects.update_or_create(petition=petition, defaults={"closed_on": None, "waiting": 0})
    for act, count in acts.items():
        is_plain = act in ("form", "confirmed", "withdrawn")
        named = {"act": act} if is_plain else {"act": "invalidated", "reason": act}
        ActCount.objects.bulk_create(
            ActCount(petition=petition, day=FIRST + timedelta(days=day), count=count, **named) for day in range(days)
        )
    ledger.write_due(FIRST + timedelta(days=days - 1))


def words_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def reasons_of(client):
    return [(line.words, line.number) for line in client.get(PAGE).context["reasons"]]


def test_four_lines_lead_from_forms_to_names(client):
    make_days(make_petition(), form=3412, confirmed=2954, withdrawn=19, twice=26)
    assert "3,412 forms were sent 2,954 opened the link in their mail 45 were left out or withdrawn" in words_of(
        client.get(PAGE)
    )
    assert "2,909 are counted" in words_of(client.get(PAGE))


def test_reasons_stand_with_their_numbers_the_most_frequent_first(client):
    make_days(make_petition(), form=90, confirmed=90, withdrawn=19, twice=14, name=8)
    assert reasons_of(client) == [
        ("Withdrawn by the signer", 19),
        ("The same person twice", 14),
        ("A name nobody can have", 8),
    ]


@pytest.mark.parametrize(
    ("acts", "lines"),
    [
        ({"twice": 14, "name": 3, "address": 3}, [14, 6]),
        ({"twice": 14, "name": 8, "address": 4}, [14, 12]),
        ({"twice": 9, "other": 2}, [11]),
        ({"withdrawn": 3, "name": 3}, [6]),
    ],
)
def test_small_groups_are_put_together(client, acts, lines):
    make_days(make_petition(), form=90, confirmed=90, **acts)
    assert [number for _words, number in reasons_of(client)] == lines


def test_reasons_of_fewer_than_five_are_not_told(client):
    make_days(make_petition(), form=90, confirmed=90, twice=4)
    page = words_of(client.get(PAGE))
    assert "Fewer than 5 so far" in page
    assert "twice" not in page


def test_day_and_reason_of_what_was_left_out_are_told(client):
    make_days(make_petition(), form=90, confirmed=90, machine=12)
    assert "Mar 1, 2026 Sent by a machine 12" in words_of(client.get(PAGE))


def test_number_of_those_who_wait_is_rounded(client):
    make_days(make_petition(), form=90, confirmed=50)
    Ledger.objects.update(waiting=39)
    assert "Some 30 forms" in words_of(client.get(PAGE))


def test_newest_digest_stands_on_the_page(client):
    petition = make_petition()
    make_days(petition, days=3, form=6, confirmed=5)
    newest = ledger.records_of(petition).last().digest
    assert f"2026-03-03 · 15 · {newest}" in re.sub(r"<[^>]+>", "", client.get(PAGE).content.decode())


def test_petition_without_a_day_says_so(client):
    make_petition()
    assert "No day is written down yet" in words_of(client.get(PAGE))


def test_draft_has_no_page(client):
    make_petition()
    Petition.objects.update(status="draft")
    for url in (PAGE, JSON, CSV):
        caches["pages"].clear()
        assert client.get(url).status_code == 404


def test_both_files_tell_every_day(client):
    petition = make_petition()
    make_days(petition, days=12, form=6, confirmed=5)
    saved = client.get(JSON).json()
    assert [record["number"] for record in saved["records"]] == list(range(1, 13))
    assert saved["newest"] == saved["records"][-1]["digest"]
    lines = client.get(CSV).content.decode().splitlines()
    assert len(lines) == 13
    assert lines[-1].endswith(saved["newest"])


@pytest.mark.parametrize("url", [JSON, CSV])
def test_file_may_be_read_from_any_site_and_kept(client, url):
    make_days(make_petition(), form=6, confirmed=5)
    response = client.get(url)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"].startswith("public, max-age=5")
    assert "Set-Cookie" not in response.headers
    assert client.get(url, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert client.post(url).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("ending", "budget"), [("/", PAGE_BUDGET), (".json", 2), (".csv", 2)])
def test_page_and_files_keep_their_budget(client, number, ending, budget):
    petition = make_campaign("clean-air").petition
    make_days(petition, days=number, form=30, confirmed=20, twice=6)
    with CaptureQueriesContext(connection) as statements:
        response = client.get(PAGE.rstrip("/") + ending)
    assert response.status_code == 200
    assert len(statements) == budget


def test_way_to_the_page_stands_on_the_campaign_and_the_petition(client):
    make_campaign("clean-air")
    make_petition("alone")
    assert PAGE in client.get("/en/campaigns/clean-air/").content.decode()
    assert "/en/petitions/alone/integrity/" in client.get("/en/petitions/alone/").content.decode()
