"""What stands beside the comments of the desk: the queues, how this moderator works, the last decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.utils import timezone

from ..languages import language_name
from ..loading import loaded
from ..models import Comment, Decision, DeskChoice, Reason
from ..moderation import CAN_BE_UNDONE
from ..waiting import Waiting, read_by, together, unseen, waiting_by_language

LOGGED, UNDONE_AT_ONCE = 4, 201


@dataclass
class Undo:
    """What one press of a button decided, as long as it can be undone."""

    decisions: list[Decision]
    # What was decided, where it was one; the desk reads it with the others.
    comment: Comment | None = None

    @property
    def value(self) -> str:
        return ",".join(str(decision.pk) for decision in self.decisions)

    @property
    def first(self) -> Decision:
        return self.decisions[0]

    @property
    def number(self) -> int:
        return len(self.decisions)


@dataclass
class Rails:
    moderator: AbstractBaseUser
    choice: DeskChoice | None
    waiting: list[Waiting]
    unseen: int
    log: list[Decision]
    undo: Undo | None
    # Who sits at the desk today reads these; no tags at all: somebody reads everything.
    read_today: list[list[str]]
    reasons: list[Reason]

    @cached_property
    def yours(self) -> Waiting:
        return together(read_by(self.waiting, self.choice))

    @property
    def has_keys(self) -> bool:
        return self.choice.has_keys if self.choice else True

    @property
    def unread_languages(self) -> set[str]:
        """Which nobody reads today."""
        return {
            part.language
            for part in self.waiting
            if part.language and not any(not tags or part.language in tags for tags in self.read_today)
        }

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Languages to choose from: those of the interface, those that wait, and those chosen before."""
        chosen = self.choice.tags if self.choice else []
        tags = [tag for tag, _name in settings.LANGUAGES] + [part.language for part in self.waiting] + chosen
        named = ((tag, language_name(tag), tag in chosen) for tag in dict.fromkeys(tags) if tag)
        return sorted(named, key=lambda choice: choice[1].casefold())


def rails_of(moderator: AbstractBaseUser) -> Rails:
    """In seven statements."""
    today = timezone.localdate()
    rows = list(DeskChoice.objects.filter(Q(seen_on=today) | Q(moderator_id=moderator.pk)))
    choice = next((row for row in rows if row.moderator_id == moderator.pk), None)
    if choice is None or choice.seen_on != today:
        choice, _created = DeskChoice.objects.update_or_create(moderator_id=moderator.pk, defaults={"seen_on": today})
        rows = [*(row for row in rows if row.moderator_id != moderator.pk), choice]
    reasons = {reason.pk: reason for reason in Reason.objects.prefetch_related(loaded("texts"))}
    log, undo = list(Decision.objects.order_by("-pk")[:LOGGED]), _undo(moderator)
    for decision in [*log, *(undo.decisions if undo else ())]:
        decision.reason = reasons.get(decision.reason_id or 0)
    return Rails(
        moderator,
        choice,
        waiting_by_language(moderator.pk),
        unseen(),
        log,
        undo,
        [row.tags for row in rows],
        [reason for reason in reasons.values() if not reason.is_retired],
    )


def _undo(moderator: AbstractBaseUser) -> Undo | None:
    since = timezone.now() - CAN_BE_UNDONE
    rows = Decision.objects.filter(actor_id=moderator.pk, at__gt=since).order_by("-pk")
    mine = list(rows.exclude(verb="undo").filter(undone_by__isnull=True)[:UNDONE_AT_ONCE])
    if not mine:
        return None
    return Undo(list(_of_one_press(mine)))


def _of_one_press(decisions: list[Decision]) -> Iterable[Decision]:
    """They were written in one transaction, and so at one time."""
    last = decisions[0]
    return (row for row in decisions if row.at == last.at and row.verb == last.verb)
