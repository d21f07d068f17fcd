"""Answers for monitors: /healthz says the process lives, /readyz that it can serve."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from petitions.mail.health import mail_has_failed, mail_is_late, silent_duties


def healthz(request: HttpRequest) -> HttpResponse:
    return _uncached(HttpResponse("ok\n", content_type="text/plain"))


def readyz(request: HttpRequest) -> HttpResponse:
    """Late mail is reported and not refused: taking web servers away would not deliver it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_read_only")
            takes_writes = cursor.fetchone()[0] == "off"
        unapplied = unapplied_migrations()
        mail = {} if unapplied else _mail()
    except DatabaseError:
        return _uncached(JsonResponse({"ready": False, "database": "unreachable"}, status=503))
    is_ready = takes_writes and not unapplied
    state = {
        "ready": is_ready,
        "database": "ok" if takes_writes else "takes no writes",
        "unapplied_migrations": unapplied,
        **mail,
    }
    return _uncached(JsonResponse(state, status=200 if is_ready else 503))


def _mail() -> dict[str, object]:
    return {
        "mail_is_late": mail_is_late(),
        "mail_has_failed": mail_has_failed(),
        "silent_duties_of_the_worker": silent_duties(),
    }


def unapplied_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


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
