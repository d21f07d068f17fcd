"""How comments were moderated, by half-years: a page for people, a table and JSON for programs."""

import csv
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ..languages import language_name, reader_language
from ..loading import loaded
from ..models import Decision, Reason
from ..page_cache import public_page
from ..transparency import OTHER, Half, Numbers, Section, half_named, halves, numbers

FEW = "<5"
HEADINGS = {
    "received_by_language": _("Comments received, by the language they are written in"),
    "decided_by_decision": _("Decisions"),
    "decided_by_person_or_rule": _("Decided by a person or by a rule"),
    "refused_by_reason": _("Rejected or hidden, by reason"),
    "decided_by_language": _("Decisions, by language"),
    "taken_back": _("Decisions that were taken back within a day"),
    "objections_by_outcome": _("Objections of authors"),
    "resubmissions_by_outcome": _("Comments sent once more with other words"),
    "reports_by_reason": _("Reports by readers, by reason"),
    "reports_by_outcome": _("What became of reported comments"),
}
OUTCOMES = {"shown": _("shown"), "not_shown": _("not shown"), "waiting": _("not decided yet")}
DECIDED = dict(Decision.Verb.choices) | {"person": _("a person"), "rule": _("a rule")}


def _half_or_404(name: str) -> Half:
    half = half_named(name)
    if half is None:
        raise Http404
    return half


@require_safe
@public_page()
def page(request: HttpRequest, name: str = "") -> HttpResponse:
    known = halves()
    half = _half_or_404(name) if name else next((each for each in known if each.is_over), known[0])
    made = numbers(half)
    context = {
        "half": half,
        "halves": known,
        "made": made,
        "median_hours": None if made.median_seconds is None else round(made.median_seconds / 3600, 1),
        "sections": [_shown(section) for section in made.sections],
        "language_path": reverse("petitions:transparency-half", args=[str(half)]) if name else request.path,
    }
    return render(request, "petitions/transparency.html", context)


def _shown(section: Section) -> dict[str, Any]:
    names = _names_of(section)
    rows = [(gettext("others") if name == OTHER else names.get(name, name), count) for name, count in section.groups]
    return {"heading": HEADINGS[section.key], "rows": rows, "total": section.total}


def _names_of(section: Section) -> dict[str, Any]:
    if section.key.endswith("_by_language"):
        tags = [name for name, _count in section.groups]
        named = {tag: language_name(tag, reader_language()) for tag in tags}
        return named | {"unknown": gettext("unsure")}
    if section.key.endswith("_by_reason"):
        return {each.key: each.title for each in Reason.objects.prefetch_related(loaded("texts"))}
    return OUTCOMES if section.key.endswith("_by_outcome") else DECIDED


@require_safe
@public_page()
def as_json(request: HttpRequest, name: str) -> HttpResponse:
    made = numbers(_half_or_404(name))
    said = {section.key: {"total": section.total, "groups": dict(section.groups)} for section in made.sections}
    return JsonResponse(_head(made) | {"median_seconds": made.median_seconds, "sections": said})


@require_safe
@public_page()
def as_csv(request: HttpRequest, name: str) -> HttpResponse:
    made = numbers(_half_or_404(name))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    table = csv.writer(response)
    table.writerow(["half", "section", "group", "count"])
    for section in made.sections:
        for group, count in [("total", section.total), *section.groups]:
            table.writerow([made.half, section.key, group, FEW if count is None else count])
    table.writerow([made.half, "median_seconds", "", "" if made.median_seconds is None else made.median_seconds])
    return response


def _head(made: Numbers) -> dict[str, Any]:
    """Without groups of fewer than five: null says that there are some."""
    return {
        "half": str(made.half),
        "from": made.half.starts_at.date().isoformat(),
        "until": made.half.ends_at.date().isoformat(),
        "is_over": made.half.is_over,
        "made_at": made.made_at.isoformat(timespec="seconds"),
    }
