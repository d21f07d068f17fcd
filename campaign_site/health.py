"""Answers for monitors: /healthz says the process lives, /readyz that it can serve."""

from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from post_office.models import STATUS, Email

# A worker delivers every second or so; after this the queue stands still.
LATE_MAIL = timedelta(minutes=10)


def healthz(request: HttpRequest) -> HttpResponse:
    return _uncached(HttpResponse("ok\n", content_type="text/plain"))


def readyz(request: HttpRequest) -> HttpResponse:
    """Late mail is reported and not refused: taking web servers away would not deliver it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        unapplied = unapplied_migrations()
        is_late = not unapplied and mail_is_late()
    except (DatabaseError, InterfaceError):
        return _uncached(JsonResponse({"ready": False, "database": "unreachable"}, status=503))
    state = {
        "ready": not unapplied,
        "database": "ok",
        "unapplied_migrations": unapplied,
        "mail_is_late": is_late,
    }
    return _uncached(JsonResponse(state, status=503 if unapplied else 200))


def unapplied_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


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
