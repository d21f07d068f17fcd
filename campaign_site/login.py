"""The staff's login: guessing passwords is slow, and nobody can lock a colleague out."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext

from petitions.models.staff import act_by
from petitions.origin import client_network
from petitions.throttling import (
    LOGIN_BY_BROWSER,
    LOGIN_BY_NAME,
    LOGIN_BY_NETWORK,
    Limit,
    ThrottledError,
    count_or_refuse,
    uncount,
)

from . import second_factor
from .known_browser import known_browser, plain_name, remember

Subjects = tuple[tuple[Limit, str], ...]


class ThrottledLoginForm(AdminAuthenticationForm):
    retry_after: int | None = None

    def clean(self) -> dict[str, Any]:
        """Counted before the password is looked at, so that many tries at once are counted too."""
        assert self.request is not None
        subjects = _counted(self.request, self.cleaned_data.get("username", ""))
        try:
            count_or_refuse(*subjects)
        except ThrottledError as error:
            self.retry_after = error.retry_after
            raise too_many_tries(error) from error
        data = super().clean()
        uncount(*subjects)
        return data


def _counted(request: HttpRequest, name: str) -> Subjects:
    if browser := known_browser(request, name):
        return ((LOGIN_BY_BROWSER, f"{plain_name(name)} {browser}"),)
    network = client_network(request)
    return ((LOGIN_BY_NETWORK, network), (LOGIN_BY_NAME, f"{plain_name(name)} {network}"))


def too_many_tries(error: ThrottledError) -> ValidationError:
    minutes = -(-error.retry_after // 60)
    message = ngettext(
        "Too many tries. Please try again in %(minutes)d minute.",
        "Too many tries. Please try again in %(minutes)d minutes.",
        minutes,
    )
    return ValidationError(message % {"minutes": minutes}, code="throttled")


class PasswordStep(LoginView):
    """Who has a second factor is asked for its code before being logged in at all."""

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        if second_factor.is_asked_of(user):
            second_factor.wait_for_code(self.request, user, self.get_success_url())
            response: HttpResponse = redirect("admin:second_factor_code")
        else:
            response = super().form_valid(form)
            act_by(user, "log in", user).save()
        remember(response, user.get_username())
        return response
