"""Limits on how often one network or one address may act, all in one place."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.core.cache import caches
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import ThrottleCount, ThrottleOverride
from .remembered import Remembered

StrOrPromise = str | Promise


@dataclass(frozen=True)
class Limit:
    name: str
    times: int
    window: timedelta
    # Whose it is, in a few words, for those who may change it.
    about: StrOrPromise = field(default="", compare=False)
    # The doors of staff keep theirs: a slip in a table must not open them.
    is_fixed: bool = False


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

# A rally, a school or a mobile operator shares one network. Beyond this its signatures are held, not refused: a person
# looks at them, and those of a school are released together.
SIGNING_BY_NETWORK = Limit("sign-network", 120, 10 * MINUTE, _("Signing, one network: held beyond it"))
# Refused: a machine, whose forms and mails to strangers would cost everybody. No school signs so fast.
SIGNING_FLOOD = Limit("sign-flood", 1200, 10 * MINUTE, _("Signing, one network: refused beyond it"))
# Refused, for each costs a moderator a look and a stranger, perhaps, a mail.
COMMENTING_BY_NETWORK = Limit("comment-network", 30, 10 * MINUTE, _("Comments without signing, one network"))
COMMENTING_BY_SIGNER = Limit("comment-signer", 5, HOUR, _("Comments, one signer"))
# Refused, for each may be a mail to a stranger.
FOLLOWING_BY_NETWORK = Limit("follow-network", 30, 10 * MINUTE, _("Following, one network"))
# By one page that says where we wrote. Mails take a minute; who asks a fourth time has another trouble.
RESENDING = Limit("resend", 3, HOUR, _("The same mail once more, one page"))
# Over all forms and petitions: somebody may sign many campaigns in a day, nobody needs more mail from us.
# Past it the page answers as ever, and mails wait: a refusal would tell strangers what others typed.
MAILS_TO_ADDRESS = Limit("mail-address", 20, DAY, _("Mails, one address: they wait beyond it"))
LONGEST_MAIL_WAIT = timedelta(days=3)
# What people do for a campaign is counted once a reader, campaign, channel and day. A script that changes its name
# with every request is one network still.
ONE_DEED = Limit("deed", 1, DAY, is_fixed=True)
DEEDS_BY_NETWORK = Limit("deed-network", 600, HOUR, _("Letters, calls and shares counted, one network"))
# A PDF costs ten times what a page does.
PAPER_BY_NETWORK = Limit("paper-network", 60, 10 * MINUTE, _("Letters on paper, one network"))
# Each report costs an organizer a look.
REPORTING_BY_NETWORK = Limit("report-network", 20, HOUR, _("Reports of a wrong contact, one network"))
# Each may cost a moderator a look; a class that reads together reports together.
REPORTING_COMMENTS_BY_NETWORK = Limit("report-comment-network", 20, HOUR, _("Reports of a comment, one network"))
# Pages with parameters, which no cache holds beforehand: earlier comments, a city, another country's telephone.
# Fixed: readers are served while the database is away, so nothing here may ask it.
READING_BY_NETWORK = Limit("reading-network", 120, MINUTE, is_fixed=True)
# Of staff. By name and network together: a stranger elsewhere cannot use up the tries of a colleague.
LOGIN_BY_NAME = Limit("login-name", 10, 10 * MINUTE, is_fixed=True)
# Wrong tries only, so that a full office may begin its day.
LOGIN_BY_NETWORK = Limit("login-network", 50, 10 * MINUTE, is_fixed=True)
# Instead of both for a browser that logged in before: a stranger in the same network has no cookie of it.
LOGIN_BY_BROWSER = Limit("login-browser", 10, 10 * MINUTE, is_fixed=True)
# Three codes of a million are right at a time. Besides, the package doubles its pause with each wrong one.
CODES_BY_PERSON = Limit("second-factor", 10, 10 * MINUTE, is_fixed=True)
RESET_BY_NETWORK = Limit("reset-network", 20, HOUR, is_fixed=True)

CHANGEABLE = {limit.name: limit for limit in list(vars().values()) if isinstance(limit, Limit) and not limit.is_fixed}


def _read_overrides() -> dict[str, Limit]:
    rows = ThrottleOverride.objects.filter(name__in=CHANGEABLE)
    return {row.name: Limit(row.name, row.times, row.minutes * MINUTE) for row in rows}


overrides = Remembered(ThrottleOverride, _read_overrides)


def in_force(limit: Limit) -> Limit:
    """With the numbers that organizers gave it."""
    return limit if limit.is_fixed else overrides.get().get(limit.name, limit)


COUNT_SQL = """
    INSERT INTO petitions_throttlecount AS seen (key, count, expires_at) VALUES {rows}
    ON CONFLICT (key) DO UPDATE SET count = seen.count + 1
    RETURNING key, count
"""


class ThrottledError(Exception):
    """Too often; `retry_after` seconds remain of the window."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


def _window_end(limit: Limit, now: datetime) -> datetime:
    seconds = int(in_force(limit).window.total_seconds())
    return datetime.fromtimestamp((int(now.timestamp()) // seconds + 1) * seconds, UTC)


def _key(limit: Limit, subject: str, window_end: datetime) -> str:
    """A keyed hash; the key changes with every window, so two windows cannot be joined by it."""
    window_key = f"throttle.{limit.name}.{int(window_end.timestamp())}"
    return salted_hmac(window_key, subject, algorithm="sha256").hexdigest()


def count(*subjects: tuple[Limit, str]) -> dict[Limit, int]:
    """Count one act for each subject in one atomic statement; the seconds to wait for each limit that is passed.

    Call it outside any transaction: a rollback would un-count.
    """
    return _count(*subjects)[0]


def _count(*subjects: tuple[Limit, str]) -> tuple[dict[Limit, int], dict[Limit, int]]:
    """The seconds to wait for each limit that is passed, and each limit's count."""
    now = timezone.now()
    rows = {}
    for limit, subject in subjects:
        window_end = _window_end(limit, now)
        rows[_key(limit, subject, window_end)] = (limit, window_end)
    # Sorted keys: two requests that lock the same rows lock them in the same order.
    values = [value for key in sorted(rows) for value in (key, 1, rows[key][1])]
    with connection.cursor() as cursor:
        cursor.execute(COUNT_SQL.format(rows=", ".join(["(%s, %s, %s)"] * len(rows))), values)
        by_key = dict(cursor.fetchall())
    counts = {limit: by_key[key] for key, (limit, _end) in rows.items()}
    waits = {
        limit: int((window_end - now).total_seconds()) + 1
        for limit, window_end in rows.values()
        if counts[limit] > in_force(limit).times
    }
    return waits, counts


def count_or_refuse(*subjects: tuple[Limit, str]) -> None:
    """As `count`, but raises ThrottledError past a limit."""
    if waits := count(*subjects):
        raise ThrottledError(max(waits.values()))


def count_in_memory_or_refuse(limit: Limit, subject: str) -> None:
    """As `count_or_refuse`, by each server for itself and about right: reading must not write to the database."""
    now = timezone.now()
    window_end = _window_end(limit, now)
    wait = int((window_end - now).total_seconds()) + 1
    key = _key(limit, subject, window_end)
    counts = caches["throttles"]
    counts.add(key, 0, wait)
    with suppress(ValueError):  # it was pushed out just now
        if counts.incr(key) > in_force(limit).times:
            raise ThrottledError(wait)


def uncount(*subjects: tuple[Limit, str]) -> None:
    """Take one act back that turned out not to be of the kind the limit is for."""
    now = timezone.now()
    keys = [_key(limit, subject, _window_end(limit, now)) for limit, subject in subjects]
    ThrottleCount.objects.filter(key__in=keys, count__gt=0).update(count=F("count") - 1)


def mail_wait(by_network: Limit, network: str | None, canonical_email: str) -> timedelta | None:
    """Count an act that mails somebody; how long its mail has to wait, None where it is one too many.

    Raises ThrottledError past the network's limit: that one tells nothing of anybody else. Without a network, as
    where staff act for people, only the address is counted. Past the address's limit mails wait an hour each instead
    of being dropped, or a stranger could silence the owner of an address by typing it often enough.
    """
    subjects = [(MAILS_TO_ADDRESS, canonical_email)] + ([(by_network, network)] if network else [])
    waits, counts = _count(*subjects)
    if by_network in waits:
        raise ThrottledError(waits[by_network])
    return _wait_of(counts[MAILS_TO_ADDRESS])


def signing_wait(network: str | None, canonical_email: str) -> tuple[timedelta | None, bool]:
    """As `mail_wait`, and whether the network has signed so often that a person should look at this one."""
    subjects = [(MAILS_TO_ADDRESS, canonical_email)]
    if network:
        subjects += [(SIGNING_BY_NETWORK, network), (SIGNING_FLOOD, network)]
    waits, counts = _count(*subjects)
    if SIGNING_FLOOD in waits:
        raise ThrottledError(waits[SIGNING_FLOOD])
    return _wait_of(counts[MAILS_TO_ADDRESS]), SIGNING_BY_NETWORK in waits


def _wait_of(mails: int) -> timedelta | None:
    excess = timedelta(hours=max(0, mails - in_force(MAILS_TO_ADDRESS).times))
    return excess if excess <= LONGEST_MAIL_WAIT else None


def forget_expired(at_most: int = 5000) -> int:
    """Delete counts whose window is over by the database's clock; the number deleted."""
    expired = ThrottleCount.objects.filter(expires_at__lt=Now()).values("pk")[:at_most]
    return ThrottleCount.objects.filter(pk__in=expired).delete()[0]
