"""What is forgotten, and when. The privacy page publishes these times; the worker keeps them.

All times are the database's: a server whose own clock is wrong forgets nothing too early.
"""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import CharField, Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Now

from .models import (
    Answer,
    Comment,
    Follower,
    ListEntry,
    OutboxMail,
    Petition,
    Report,
    RetentionRound,
    Signature,
    TrendCount,
    TrendFinding,
    TrendMark,
)
from .models.trends import TRENDS_KEPT
from .suppression import keep_what_outlives
from .throttling import forget_expired

logger = logging.getLogger(__name__)

UNCONFIRMED = timedelta(days=30)
# Longer than UNCONFIRMED: a signature is kept so long after its last mail.
FINISHED_MAILS = timedelta(days=31)
COMMENT_ADDRESSES = timedelta(days=30)
REPORTER_ADDRESSES = timedelta(days=30)
REPORTS_KEPT = timedelta(days=183)
STOPPED_FOLLOWERS = timedelta(days=30)
AFTER_CLOSING = timedelta(days=183)
ENDED_ENTRIES = timedelta(days=183)
# A batch touches few enough rows that no signer waits for it, and a round ends soon enough that mail does not either.
ROWS_A_BATCH = 5000
SECONDS_A_ROUND = 5
# A worker may have been away for a weekend; a clock that moved further has jumped.
MOST_BETWEEN_ROUNDS = timedelta(days=3)
RETENTION_LOCK = 7_301_003

# `last.at` stands still while rounds are refused, so that a clock set right again is believed by itself.
BEGIN_SQL = """
    INSERT INTO petitions_retentionround AS last (id, at) VALUES (1, now())
    ON CONFLICT (id) DO UPDATE SET
        at = CASE WHEN {is_plausible} THEN now() ELSE last.at END,
        refused_at = CASE WHEN {is_plausible} THEN NULL ELSE COALESCE(last.refused_at, now()) END
    RETURNING refused_at, refused_at = now(), last.at
""".format(is_plausible="now() - last.at <= make_interval(secs => %(most)s)")
DAY = "day "
TODAY_SQL = """
    INSERT INTO petitions_trendmark (purpose, done_id, ready_id, ready_at)
    SELECT %(prefix)s || (now() AT TIME ZONE 'UTC')::date,
        COALESCE((SELECT MAX(ready_id) FROM petitions_trendmark WHERE purpose LIKE %(prefix)s || '%%'), 0),
        COALESCE((SELECT MAX(id) FROM petitions_signature), 0), now()
    ON CONFLICT (purpose) DO NOTHING
"""


def forget(is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Batches of what is due, each in its own transaction, for some seconds; how many rows were touched.

    0 says that nothing is due, that another worker is at it, or that the clock cannot be believed.
    """
    touched = 0
    ends_at = time.monotonic() + SECONDS_A_ROUND
    for batches in _everything_due() if _clock_is_plausible() else []:
        while not is_stopping() and time.monotonic() < ends_at:
            with transaction.atomic():
                if not _is_alone():
                    return touched
                batch = next(batches, 0)
            touched += batch
            if not batch:
                break
    return touched


def believe_clock() -> None:
    """An operator has looked at the clock: forgetting goes on from now."""
    RetentionRound.objects.update_or_create(pk=1, defaults={"at": Now(), "refused_at": None})


def is_refused() -> bool:
    """Whether forgetting stands still because the clock jumped."""
    return RetentionRound.objects.filter(refused_at__isnull=False).exists()


def _clock_is_plausible() -> bool:
    """Compare the database's clock with the last round: a jump of a month would delete all that waits."""
    with connection.cursor() as cursor:
        cursor.execute(BEGIN_SQL, {"most": MOST_BETWEEN_ROUNDS.total_seconds()})
        refused_at, is_first_refusal, last = cursor.fetchone()
    if is_first_refusal:
        logger.error(
            "nothing is forgotten: the database's clock says %s, the last round was at %s. "
            "If the clock is right: manage.py forget --now",
            f"{refused_at:%Y-%m-%d %H:%M}",
            f"{last:%Y-%m-%d %H:%M}",
        )
    return refused_at is None


def _is_alone() -> bool:
    """For one batch: a second worker stands by, and no lock outlives its transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [RETENTION_LOCK])
        return cursor.fetchone()[0]


def _everything_due() -> list[Iterator[int]]:
    return [
        _batches(forget_expired),
        _batches(forget_finished_mails),
        *(_deleted(rows) for rows in (_unconfirmed_signatures(), _unconfirmed_comments(), *_due_followers())),
        _batches(forget_comment_addresses),
        _batches(forget_reporters),
        _batches(forget_what_was_said),
        _batches(forget_trends),
        _batches(forget_networks),
        _batches(forget_ended_entries),
        anonymise_after_closing(),
    ]


def _batches(act: Callable[[], int]) -> Iterator[int]:
    while touched := act():
        yield touched


def forget_finished_mails() -> int:
    due = OutboxMail.objects.filter(finished_at__lt=Now() - FINISHED_MAILS).order_by("finished_at")
    return OutboxMail.objects.filter(pk__in=list(due.values_list("pk", flat=True)[:ROWS_A_BATCH])).delete()[0]


def _was_mailed(model: type[Model]) -> Exists:
    """A mail waits still, or was sent lately: the time counts from there, for one that waits out a day must arrive."""
    mails = OutboxMail.objects.filter(**{str(model._meta.model_name): OuterRef("pk")})
    return Exists(mails.filter(Q(state=OutboxMail.State.WAITING) | Q(finished_at__gte=Now() - UNCONFIRMED)))


def _unconfirmed_signatures() -> QuerySet[Signature]:
    due = Signature.objects.filter(confirmed_at__isnull=True, signed_at__lt=Now() - UNCONFIRMED)
    return due.exclude(_was_mailed(Signature))


def _unconfirmed_comments() -> QuerySet[Comment]:
    """Written without signing; those of signers go with their signatures."""
    due = Comment.objects.filter(signature__isnull=True, confirmed_at__isnull=True, created_at__lt=Now() - UNCONFIRMED)
    return due.exclude(_was_mailed(Comment))


def _due_followers() -> list[QuerySet[Follower]]:
    """Never confirmed; stopped and not asked again; of a petition that ended half a year ago. Each has its index."""
    reasons = [
        Q(confirmed_at__isnull=True, asked_at__lt=Now() - UNCONFIRMED),
        Q(stopped_at__lt=Now() - STOPPED_FOLLOWERS, asked_at__lt=Now() - STOPPED_FOLLOWERS),
        Q(petition__closed_at__lt=Now() - AFTER_CLOSING, confirmed_at__lt=Now() - AFTER_CLOSING),
    ]
    never, *others = [Follower.objects.filter(reason) for reason in reasons]
    return [never.exclude(_was_mailed(Follower)), *others]


def _deleted(due: QuerySet) -> Iterator[int]:
    """Locked first, then judged again by what they are now: a signer may confirm at this very moment."""
    model: type[Model] = due.model
    while keys := list(due.values_list("pk", flat=True)[:ROWS_A_BATCH]):
        rows = list(due.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)))
        if model is not Comment:
            keep_what_outlives(rows)
        model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
        yield len(keys)


def forget_comment_addresses() -> int:
    """An unsigned comment's address has done its work once the comment was decided."""
    # One that waits again, because its author objected, is not decided.
    due = Comment.objects.filter(decided_at__lt=Now() - COMMENT_ADDRESSES).exclude(email="")
    return Comment.objects.filter(pk__in=list(due.values_list("pk", flat=True)[:ROWS_A_BATCH])).update(
        email="", canonical_email=""
    )


def forget_reporters() -> int:
    """Whoever reported a comment was told by now; a network may report it again."""
    # Too few reports to make anybody look, or of a comment that its author took back.
    never = Q(settled_at__isnull=True, at__lt=Now() - REPORTS_KEPT)
    is_over = Q(settled_at__lt=Now() - REPORTER_ADDRESSES) | never
    due = Report.objects.filter(is_over, ~Q(email="") | ~Q(network=""))
    return Report.objects.filter(pk__in=list(due.values_list("pk", flat=True)[:ROWS_A_BATCH])).update(
        email="", canonical_email="", network=""
    )


def forget_what_was_said() -> int:
    """Of a report and an answer remains that it was made, when, and how it ended: the numbers of a half-year."""
    before = Now() - REPORTS_KEPT
    reports = Report.objects.filter(~Q(law="") | ~Q(explanation=""), at__lt=before).exclude(settled_at__gte=before)
    answers = Answer.objects.exclude(words="").filter(outcome__at__lt=before)
    touched = Report.objects.filter(pk__in=list(reports.values_list("pk", flat=True)[:ROWS_A_BATCH])).update(
        law="", explanation=""
    )
    return touched + Answer.objects.filter(pk__in=list(answers.values_list("pk", flat=True)[:ROWS_A_BATCH])).update(
        words=""
    )


def forget_trends() -> int:
    old = Now() - TRENDS_KEPT
    counts = TrendCount.objects.filter(hour__lt=old).order_by("hour").values_list("pk", flat=True)
    gone = TrendCount.objects.filter(pk__in=list(counts[:ROWS_A_BATCH])).delete()[0]
    return gone + TrendFinding.objects.filter(found_at__lt=old).delete()[0]


def forget_networks() -> int:
    """By their numbers: each day remembers up to which signatures it had, so that no index slows signing down."""
    _remember_today()
    day = (
        TrendMark.objects.filter(purpose__startswith=DAY, ready_at__lt=Now() - TRENDS_KEPT).order_by("ready_at").first()
    )
    if day is None:
        return 0
    of_day = Signature.objects.filter(pk__gt=day.done_id, pk__lte=day.ready_id).order_by("pk")
    keys = list(of_day.values_list("pk", flat=True)[:ROWS_A_BATCH])
    forgotten = Signature.objects.filter(pk__in=keys, network_hash__isnull=False).update(network_hash=None)
    if len(keys) < ROWS_A_BATCH:
        day.delete()
    else:
        TrendMark.objects.filter(pk=day.pk).update(done_id=keys[-1])
    return max(1, forgotten)


def _remember_today() -> None:
    with connection.cursor() as cursor:
        cursor.execute(TODAY_SQL, {"prefix": DAY})


def forget_ended_entries() -> int:
    """Of the block, watch and allow lists: an entry may be one person's address."""
    due = ListEntry.objects.filter(ends_at__lt=Now() - ENDED_ENTRIES).order_by("pk")
    return ListEntry.objects.filter(pk__in=list(due.values_list("pk", flat=True)[:ROWS_A_BATCH])).delete()[0]


def anonymise_after_closing() -> Iterator[int]:
    """Half a year after a petition closed, its signatures keep city, country and language but no name or address."""
    due = Petition.objects.filter(closed_at__lt=Now() - AFTER_CLOSING, anonymised_at__isnull=True)
    while petition := due.order_by("pk").first():
        named = Signature.objects.filter(petition=petition, anonymised_at__isnull=True).order_by("-pk")
        rows = list(named[:ROWS_A_BATCH].select_for_update())
        while rows:
            _anonymise(rows)
            yield len(rows)
            # Downwards by the index of the petition's signatures: what is done already is not read again.
            rows = list(named.filter(pk__lt=rows[-1].pk)[:ROWS_A_BATCH].select_for_update())
        due.filter(pk=petition.pk).update(anonymised_at=Now())
        yield 1


def _anonymise(rows: list[Signature]) -> None:
    keep_what_outlives(rows)
    Signature.objects.filter(pk__in=[row.pk for row in rows]).update(
        name="–",
        shown_name="",
        email="",
        canonical_email=Concat(Value("anonymous-"), Cast(F("pk"), CharField())),
        visibility=Signature.Visibility.HIDDEN,
        network_hash=None,
        wants_updates=False,
        held_reason="",
        held_by=None,
        anonymised_at=Now(),
    )
