"""What happened to a comment, oldest first: decisions, other acts of staff, and what its author and readers said."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, pgettext

from .loading import loaded
from .models import Answer, Decision, Report, StaffAct

# The newest of a swarm.
REPORTS = 50


@dataclass(frozen=True)
class Event:
    at: datetime
    who: str
    did: str
    why: str = ""
    # Of a decision, for undoing it.
    decision: Decision | None = None
    is_undone: bool = False


def history_of(comment_number: int) -> list[Event]:
    """Six statements, however much happened."""
    decisions = list(
        Decision.objects.about([comment_number])
        .select_related("reason", "undoes")
        .prefetch_related(loaded("reason__texts"))
    )
    undone = {row.undoes_id for row in decisions}
    acts = StaffAct.objects.filter(object_kind="comment", object_id=comment_number)
    events = [Event(act.at, act.actor_name, act.verb, act.note) for act in acts]
    events += [_event(row, is_undone=row.pk in undone) for row in decisions]
    events += [_answer(answer) for answer in Answer.objects.filter(comment=comment_number)]
    reports = Report.objects.filter(comment=comment_number).select_related("reason")
    events += [_report(each) for each in reports.prefetch_related(loaded("reason__texts")).order_by("-pk")[:REPORTS]]
    return sorted(events, key=lambda event: event.at)


def _event(decision: Decision, *, is_undone: bool) -> Event:
    return Event(
        decision.at, who_decided(decision), what_was_done(decision), why_of(decision), decision, is_undone=is_undone
    )


def _answer(answer: Answer) -> Event:
    return Event(answer.at, gettext("the author"), answer.get_kind_display(), answer.words)


def _report(report: Report) -> Event:
    why = " · ".join(part for part in (report.reason.title, report.law, report.explanation) if part)
    return Event(report.at, gettext("a reader"), pgettext("a comment", "reported"), why)


def who_decided(decision: Decision) -> str:
    return gettext("a rule") if decision.by == Decision.By.RULE else decision.actor_name


def what_was_done(decision: Decision) -> str:
    undone = decision.undoes
    if undone is None:
        return decision.get_verb_display()
    return gettext("undone: “%(what)s”") % {"what": undone.get_verb_display()}


def why_of(decision: Decision) -> str:
    title = decision.reason.title if decision.reason else ""
    return " · ".join(part for part in (title, decision.note) if part)
