"""Answers for monitors: /healthz says the process lives, /readyz that it can serve."""

from collections.abc import Callable
from functools import cache

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse

from petitions import retention
from petitions.mail.health import mail_has_failed, mail_is_late, silent_duties


def healthz(request: HttpRequest) -> HttpResponse:
    return _uncached(HttpResponse("ok\n", content_type="text/plain"))


def readyz(request: HttpRequest) -> HttpResponse:
    """Late mail and late forgetting are reported and not refused: taking web servers away would mend neither."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_read_only")
            takes_writes = cursor.fetchone()[0] == "off"
        unapplied = unapplied_migrations()
        mail = {} if unapplied else _mail()
    except (DatabaseError, InterfaceError):
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
        "forgetting_is_refused": retention.is_refused(),
    }


def unapplied_migrations() -> int:
    return len(known_migrations() - MigrationRecorder(connection).applied_migrations().keys())


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Those this release came with. Importing all of them takes longer than the rest of a probe, so it is done once."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


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
