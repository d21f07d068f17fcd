#!/usr/bin/env python3
"""Check the days of a petition as they were saved from its page "How we count": integrity.json or integrity.csv.

    python3 check_integrity.py integrity.json
    python3 check_integrity.py newer.json older.json

The second form also checks that the newer file begins with all that the older one holds. Answers 0 where everything is
right and 1 where it is not. What the fields mean and how digests are made: docs/integrity.md. Python 3.10 or newer,
nothing else.
"""

import csv
import datetime
import hashlib
import io
import json
import re
import sys
from typing import Any, NoReturn

LARGEST_FILE = 64 * 1024 * 1024
MOST_RECORDS = 100_000
LARGEST_NUMBER = 2**31 - 1
SMALL = 5
COUNTS = ("forms", "confirmed", "withdrawn")
BY_REASON = ("invalidated", "restored")
FIELDS = {"petition", "number", "day", "total", "former", "digest", *COUNTS, *BY_REASON}
SLUG = re.compile(r"[-\w]{1,80}", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DIGEST = re.compile(r"[0-9a-f]{64}")
REASON = re.compile(r"[a-z]{1,12}")
DIGITS = re.compile(r"0|[1-9][0-9]{0,9}")

Record = dict[str, Any]


class RefusedError(Exception):
    """What is wrong, in words for whoever checks."""


def read(path: str) -> list[Record]:
    """The records in a file, each with all its fields and nothing else."""
    try:
        with open(path, "rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise RefusedError(f"cannot be read: {error.strerror}") from error
    if len(content) > LARGEST_FILE:
        raise RefusedError(f"is larger than {LARGEST_FILE // 1024 // 1024} MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError("is no text in UTF-8") from error
    records = read_json(text) if text.lstrip().startswith("{") else read_csv(text)
    if len(records) > MOST_RECORDS:
        raise RefusedError(f"holds more than {MOST_RECORDS} days")
    for position, record in enumerate(records, 1):
        check_form(position, record)
    return records


def read_json(text: str) -> list[Record]:
    try:
        saved = json.loads(text, object_pairs_hook=without_doubles, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise RefusedError("is no whole JSON file: it was cut off, or is something else") from error
    if not isinstance(saved, dict) or saved.get("format") != 1 or not isinstance(saved.get("records"), list):
        raise RefusedError("is no integrity.json of format 1")
    records = saved["records"]
    newest = records[-1].get("digest") if records and isinstance(records[-1], dict) else ""
    if saved.get("newest") != newest:
        raise RefusedError('says another "newest" digest than its last day has: days are missing at the end')
    return records


def without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def read_csv(text: str) -> list[Record]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise RefusedError("is neither an integrity.json nor a whole integrity.csv") from error
    heads = rows[0] if rows else []
    plain = [head for head in heads if ":" not in head]
    if len(set(heads)) != len(heads) or set(plain) != FIELDS - set(BY_REASON):
        raise RefusedError("is neither an integrity.json nor an integrity.csv")
    return [record_of_row(position, heads, row) for position, row in enumerate(rows[1:], 1)]


def record_of_row(position: int, heads: list[str], row: list[str]) -> Record:
    if len(row) != len(heads):
        raise RefusedError(f"was cut off, or changed: line {position + 1} has {len(row)} columns of {len(heads)}")
    record: Record = {name: {} for name in BY_REASON}
    for head, cell in zip(heads, row, strict=True):
        act, colon, reason = head.partition(":")
        if not colon:
            record[head] = cell if head in ("petition", "day", "former", "digest") else number_in(position, head, cell)
        elif act not in BY_REASON:
            raise RefusedError(f"has an unknown column: {head[:40]!r}")
        elif cell != "0":
            record[act][reason] = number_in(position, head, cell)
    return record


def number_in(position: int, head: str, cell: str) -> int:
    if not DIGITS.fullmatch(cell):
        raise RefusedError(f"{head[:40]!r} is no number in line {position + 1}")
    return int(cell)


def check_form(position: int, record: Any) -> None:
    """Only what a record may hold, so that nothing below meets something else."""
    if not isinstance(record, dict) or set(record) != FIELDS:
        raise RefusedError(f"record {position} does not have the fields of a record")
    texts = {"petition": SLUG, "day": DAY, "digest": DIGEST}
    for field, form in texts.items():
        if not isinstance(record[field], str) or not form.fullmatch(record[field]):
            raise RefusedError(f"record {position}: {field!r} is not what it should be")
    if record["former"] != "" and not (isinstance(record["former"], str) and DIGEST.fullmatch(record["former"])):
        raise RefusedError(f"record {position}: 'former' is no digest")
    numbers = [record[field] for field in ("number", "total", *COUNTS)]
    for field in BY_REASON:
        reasons = record[field]
        if not isinstance(reasons, dict) or not all(REASON.fullmatch(reason) for reason in reasons):
            raise RefusedError(f"record {position}: {field!r} does not tell numbers by reason")
        numbers += reasons.values()
    if not all(type(number) is int and 0 <= number <= LARGEST_NUMBER for number in numbers):
        raise RefusedError(f"record {position}: a number is none, or out of bounds")
    try:
        datetime.date.fromisoformat(record["day"])
    except ValueError as error:
        raise RefusedError(f"record {position}: there is no day {record['day']}") from error


def digest_of(record: Record) -> str:
    """As docs/integrity.md says: all fields but the digest, in one way of writing, through SHA-256."""
    told = {field: value for field, value in record.items() if field != "digest"}
    written = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def check_chain(records: list[Record]) -> None:
    """Every day is as it was written down, follows the one before, and adds up."""
    former, total, day = "", 0, ""
    for position, record in enumerate(records, 1):
        where = f"{record['day']} (record {position})"
        if digest_of(record) != record["digest"]:
            raise RefusedError(f"{where} was changed: its figures do not make its digest")
        if record["former"] != former:
            raise RefusedError(
                f"{where} does not follow the day before it: something was changed, added or taken out there"
            )
        if record["petition"] != records[0]["petition"] or record["number"] != position or record["day"] <= day:
            raise RefusedError(f"{where} is out of order")
        check_sums(where, record, total)
        former, total, day = record["digest"], record["total"], record["day"]


def check_sums(where: str, record: Record, before: int) -> None:
    removed = record["withdrawn"] + sum(record["invalidated"].values())
    added = record["confirmed"] + sum(record["restored"].values())
    if record["total"] != before + added - removed:
        raise RefusedError(f"{where} does not add up: {before} + {added} - {removed} is not {record['total']}")
    groups = [record[field] for field in COUNTS]
    for field in BY_REASON:
        groups += record[field].values()
    if any(0 < group < SMALL for group in groups):
        raise RefusedError(f"{where} tells a group of fewer than {SMALL}")


def check_continues(newer: list[Record], older: list[Record]) -> None:
    """The newer file begins with all that the older one holds."""
    if older and newer and older[0]["petition"] != newer[0]["petition"]:
        raise RefusedError("is about another petition than the older file")
    if len(newer) < len(older):
        raise RefusedError(f"ends before the older file does: {len(newer)} days of {len(older)}")
    for new, old in zip(newer, older, strict=False):
        if new != old:
            raise RefusedError(f"{old['day']} (record {old['number']}) is not what the older file says of it")


def describe(records: list[Record]) -> str:
    if not records:
        return "holds no day yet. Nothing is wrong, and nothing is told."
    last = records[-1]
    sums = {field: sum(record[field] for record in records) for field in COUNTS}
    left_out = sum(sum(record["invalidated"].values()) for record in records)
    came_back = sum(sum(record["restored"].values()) for record in records)
    return (
        f"is whole: {len(records)} days of {last['petition']}, from {records[0]['day']} to {last['day']}.\n"
        f"  {sums['forms']} forms; {sums['confirmed']} confirmed, {sums['withdrawn']} withdrawn, "
        f"{left_out} left out, {came_back} came back: {last['total']} counted.\n"
        f"  Newest digest: {last['digest']}\n"
        "  Compare it with the one on the petition's page, and keep it."
    )


def main(paths: list[str]) -> int:
    if len(paths) not in (1, 2):
        print(__doc__.strip())
        return 1
    read_files = []
    for path in paths:
        try:
            records = read(path)
            check_chain(records)
        except RefusedError as reason:
            print(f"NOT RIGHT. {path}: {reason}.")
            return 1
        read_files.append(records)
    if len(read_files) == 2:
        try:
            check_continues(*read_files)
        except RefusedError as reason:
            print(f"NOT RIGHT. {paths[0]}: {reason}.")
            return 1
    print(f"RIGHT. {paths[0]} {describe(read_files[0])}")
    if len(read_files) == 2:
        print(f"  It begins with all {len(read_files[1])} days of {paths[1]}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
