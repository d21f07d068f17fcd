"""Answers for monitors: /healthz says the process lives, /readyz that it can serve."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from post_office.models import STATUS, Email

from petitions import retention

# A worker delivers every second or so; after this the queue stands still.
LATE_MAIL = timedelta(minutes=10)


def healthz(request: HttpRequest) -> HttpResponse:
    return _uncached(HttpResponse("ok\n", content_type="text/plain"))


def readyz(request: HttpRequest) -> HttpResponse:
    """Late mail and late forgetting are reported and not refused: taking web servers away would mend neither."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        unapplied = unapplied_migrations()
        is_late = not unapplied and mail_is_late()
        is_refused = not unapplied and retention.is_refused()
    except DatabaseError:
        return _uncached(JsonResponse({"ready": False, "database": "unreachable"}, status=503))
    state = {
        "ready": not unapplied,
        "database": "ok",
        "unapplied_migrations": unapplied,
        "mail_is_late": is_late,
        "forgetting_is_refused": is_refused,
    }
    return _uncached(JsonResponse(state, status=503 if unapplied else 200))


def unapplied_migrations() -> int:
    return len(known_migrations() - MigrationRecorder(connection).applied_migrations().keys())


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Those this release came with. Importing all of them takes longer than the rest of a probe, so it is done once."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def mail_is_late() -> bool:
    """Anybody may ask, so no more is told: the queue's exact age would say whether a form just queued a mail."""
    waiting = Email.objects.filter(status__in=(STATUS.queued, STATUS.requeued))
    return waiting.filter(created__lt=timezone.now() - LATE_MAIL).exists()


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


PROBES = {"/healthz": healthz, "/readyz": readyz}


class AnswerProbes:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self.get_response(request)
