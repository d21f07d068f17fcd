"""How a petition's number came about: a page in plain words, and all its days for other programs to check."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..ledger import SMALL, records_of
from ..models import Ledger, LedgerRecord, Petition, Signature
from ..page_cache import public_page
from ..tallies import Sums, read_sums
from .visible import visible_petition

Reason = Signature.InvalidatedFor
DAYS_SHOWN = 7
REMOVALS_SHOWN = 10
WAITING_ROUNDED_TO = 10
PLAIN = ("number", "day", "forms", "confirmed", "withdrawn", "total", "former", "digest")


@require_safe
@public_page()
def integrity(request: HttpRequest, slug: str) -> HttpResponse:
    petition = visible_petition(slug)
    days = list(records_of(petition).reverse()[:DAYS_SHOWN])[::-1]
    sums = read_sums(petition)
    ledger = Ledger.objects.filter(petition=petition).first()
    context = {
        "petition": petition,
        "text": petition.text(),
        "sums": sums,
        "waiting": _rounded(ledger.waiting) if ledger else 0,
        "small": SMALL,
        "reasons": _reasons(sums),
        "removals": _removals(petition),
        "days": days,
        "together": _together(days),
        "newest": days[-1] if days else None,
    }
    return render(request, "petitions/integrity.html", context)


def _rounded(number: int) -> int:
    """Nobody can tell from it whether one more address waits."""
    return number - number % WAITING_ROUNDED_TO


@dataclass(frozen=True)
class Line:
    words: str
    number: int


def _reasons(sums: Sums) -> list[Line]:
    """The most frequent first. Small groups are put together with the next larger ones, until none is small."""
    groups = [
        (str(Reason(reason).label), number) for reason, number in sums.invalidated.items() if reason != Reason.OTHER
    ]
    groups.append((_("Withdrawn by the signer"), sums.withdrawn))
    lines = sorted((Line(words, number) for words, number in groups if number), key=lambda line: line.number)
    others = sums.invalidated.get(Reason.OTHER, 0)
    while lines and (lines[0].number < SMALL or 0 < others < SMALL):
        others += lines.pop(0).number
    other = [Line(_("Other reasons"), others)] if others else []
    return [*reversed(lines), *other]


@dataclass(frozen=True)
class Removal:
    day: date
    words: str
    number: int


def _removals(petition: Petition) -> list[Removal]:
    """The latest days on which names were left out or came back, newest first."""
    records = records_of(petition).exclude(invalidated={}, restored={}).reverse()[:REMOVALS_SHOWN]
    return [
        Removal(record.day, words.format(reason=Reason(reason).label), number)
        for record in records
        for words, by_reason in (("{reason}", record.invalidated), (_("Came back: {reason}"), record.restored))
        for reason, number in by_reason.items()
    ]


def _together(days: Iterable[LedgerRecord]) -> dict[str, int]:
    fields = ("forms", "confirmed", "left_out", "came_back", "withdrawn")
    return {field: sum(getattr(day, field) for day in days) for field in fields}


def _for_programs(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Readable from any site's page; it carries nothing that a cookie could open."""
    kept = require_safe(public_page()(view))

    @wraps(view)
    def served(request: HttpRequest, slug: str) -> HttpResponse:
        response = kept(request, slug)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return served


@_for_programs
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    petition = visible_petition(slug)
    records = [record.told(petition.slug) | {"digest": record.digest} for record in records_of(petition)]
    newest = records[-1]["digest"] if records else ""
    return JsonResponse({"format": 1, "petition": petition.slug, "newest": newest, "records": records})


@_for_programs
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same records, one a line, each reason in a column of its own."""
    petition = visible_petition(slug)
    rows = io.StringIO()
    columns = [f"{act}:{reason}" for act in ("invalidated", "restored") for reason in Reason.values]
    writer = csv.DictWriter(rows, ["petition", *PLAIN[:5], *columns, *PLAIN[5:]], restval=0, lineterminator="\r\n")
    writer.writeheader()
    for record in records_of(petition):
        plain: dict[str, Any] = {field: getattr(record, field) for field in PLAIN}
        by_reason = _columns("invalidated", record.invalidated) | _columns("restored", record.restored)
        writer.writerow({"petition": petition.slug} | plain | by_reason)
    return HttpResponse(rows.getvalue(), content_type="text/csv; charset=utf-8")


def _columns(act: str, by_reason: Mapping[str, int]) -> dict[str, int]:
    return {f"{act}:{reason}": number for reason, number in by_reason.items()}
