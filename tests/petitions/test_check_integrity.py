"""The program by which anybody checks a saved copy: on a real one, and on what was done to it."""

import csv
import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from petitions.ledger import canonical

from ..factories import make_petition
from .test_integrity_page import CSV, JSON, make_days

SCRIPT = Path(__file__).parents[2] / "docs/check_integrity.py"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]


@pytest.fixture
def saved(client, tmp_path):
    """Both files of a petition with ten days, as somebody saved them."""
    make_days(make_petition(), days=10, form=9, confirmed=8, twice=5)
    for url in (JSON, CSV):
        (tmp_path / url.rsplit("/", 1)[1]).write_bytes(client.get(url).content)
    return tmp_path


def check(folder, *names):
    """As a stranger runs it: with nothing of ours to import."""
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), *names], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def change(folder, act):
    path = folder / "integrity.json"
    whole = json.loads(path.read_text())
    act(whole)
    path.write_text(json.dumps(whole))


def digested(record):
    """A record with a digest that fits it."""
    told = {field: value for field, value in record.items() if field != "digest"}
    return told | {"digest": hashlib.sha256(canonical(told)).hexdigest()}


@pytest.mark.parametrize("name", ["integrity.json", "integrity.csv"])
def test_saved_copy_is_right(saved, name):
    code, said = check(saved, name)
    assert code == 0
    assert "10 days of clean-air, from 2026-03-01 to 2026-03-10" in said
    assert "90 forms; 80 confirmed, 0 withdrawn, 50 left out, 0 came back: 30 counted" in said


def test_one_changed_day_is_refused_and_named(saved):
    change(saved, lambda whole: whole["records"][3].update(confirmed=9))
    code, said = check(saved, "integrity.json")
    assert code == 1
    assert "2026-03-04 (record 4) was changed" in said


def test_one_changed_day_of_a_table_is_refused_and_named(saved):
    path = saved / "integrity.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    rows[3]["invalidated:twice"] = "6"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    code, said = check(saved, "integrity.csv")
    assert code == 1
    assert "2026-03-04 (record 4) was changed" in said


def test_changed_day_with_a_digest_that_fits_breaks_the_next(saved):
    def rewrite(whole):
        record = whole["records"][3]
        whole["records"][3] = digested(record | {"confirmed": 9, "total": record["total"] + 1})

    change(saved, rewrite)
    code, said = check(saved, "integrity.json")
    assert code == 1
    assert "2026-03-05 (record 5) does not follow the day before it" in said


def test_day_that_is_taken_out_is_missed(saved):
    change(saved, lambda whole: whole["records"].pop(3))
    code, said = check(saved, "integrity.json")
    assert code == 1
    assert "2026-03-05 (record 5" not in said
    assert "2026-03-05 (record 4) does not follow" in said


def test_sum_that_is_wrong_is_refused_though_its_digest_fits(saved):
    def rewrite(whole):
        record = whole["records"][-1]
        whole["records"][-1] = digested(record | {"total": record["total"] + 100})
        whole["newest"] = whole["records"][-1]["digest"]

    change(saved, rewrite)
    code, said = check(saved, "integrity.json")
    assert code == 1
    assert "2026-03-10 (record 10) does not add up" in said


def test_days_missing_at_the_end_are_noticed(saved):
    change(saved, lambda whole: whole["records"].pop())
    code, said = check(saved, "integrity.json")
    assert code == 1
    assert "days are missing at the end" in said


@pytest.mark.parametrize("name", ["integrity.json", "integrity.csv"])
def test_file_that_was_cut_off_is_refused(saved, name):
    path = saved / name
    path.write_bytes(path.read_bytes()[:-30])
    assert check(saved, name)[0] == 1


GARBAGE = {
    "nothing": b"",
    "other bytes": bytes(range(256)) * 50,
    "another page": b"<!doctype html><html><title>Not found</title>",
    "other json": b'{"records": [1, {"day": null}], "format": 1, "newest": ""}',
    "a deep nest": b'{"a":' * 100_000,
    "a large number": b'{"format": 1, "newest": "", "records": [' + b"9" * 100_000 + b"]}",
    "no number": b'{"format": 1, "newest": NaN, "records": []}',
    "twice the same": b'{"format": 1, "format": 1, "newest": "", "records": []}',
    "a long field": b'petition,number\r\n"' + b"x" * 300_000 + b'",1\r\n',
}


@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE)
def test_what_is_no_saved_copy_is_refused_in_words(tmp_path, content):
    (tmp_path / "saved").write_bytes(content)
    code, said = check(tmp_path, "saved")
    assert code == 1
    assert said.startswith("NOT RIGHT. saved: ")


def test_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    assert check(tmp_path, "saved") == (1, "NOT RIGHT. saved: cannot be read: No such file or directory.\n")


def test_newer_copy_continues_an_older_one(saved):
    whole = json.loads((saved / "integrity.json").read_text())
    older = whole | {"records": whole["records"][:6], "newest": whole["records"][5]["digest"]}
    (saved / "older.json").write_text(json.dumps(older))
    code, said = check(saved, "integrity.csv", "older.json")
    assert code == 0
    assert "It begins with all 6 days of older.json" in said
    assert check(saved, "older.json", "integrity.json")[0] == 1


def test_history_written_anew_is_told_by_an_older_copy(saved, client):
    make_days(make_petition("other"), days=10, form=9, confirmed=9, twice=5)
    forged = json.loads(client.get("/en/petitions/other/integrity.json").content)
    former = ""
    for position, record in enumerate(forged["records"]):
        forged["records"][position] = digested(record | {"petition": "clean-air", "former": former})
        former = forged["records"][position]["digest"]
    (saved / "forged.json").write_text(json.dumps(forged | {"newest": former}))
    assert check(saved, "forged.json")[0] == 0
    code, said = check(saved, "forged.json", "integrity.json")
    assert code == 1
    assert "2026-03-01 (record 1) is not what the older file says of it" in said
