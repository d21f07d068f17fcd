"""Before any screen for staff: whoever owes a second factor gives it first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from . import devices


def second_factor_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Stands inside the admin's own check, so that only active staff come this far."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        if not devices.is_offered() or user.is_verified():
            return view(request, *args, **kwargs)
        if user.has_second_factor:
            # This session is older than the device, or lost it.
            logout(request)
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if devices.must_have_one(user):
            return redirect("admin:second_factor")
        return view(request, *args, **kwargs)

    return guarded
