"""A login between password and code: the session knows who it is for, and nobody is logged in yet."""

import time

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

WAITING = "waits_for_code"
SECONDS = 600


def wait_for_code(request: HttpRequest, user: User, next_page: str) -> None:
    request.session[WAITING] = {
        "user": user.pk,
        # A password changed meanwhile ends the waiting, as it ends sessions.
        "password": user.get_session_auth_hash(),
        "backend": user.backend,
        "until": int(time.time()) + SECONDS,
        "next": next_page,
    }


def who_waits(request: HttpRequest) -> User | None:
    """The person, with the way they came in by; None where nobody waits or waited too long."""
    waiting = request.session.get(WAITING)
    if waiting is None or waiting["until"] < time.time():
        return None
    user = User.objects.filter(pk=waiting["user"], is_active=True, is_staff=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), waiting["password"]):
        return None
    user.backend = waiting["backend"]
    return user


def end_waiting(request: HttpRequest) -> str:
    """Where the person wanted to go."""
    return request.session.pop(WAITING)["next"]
