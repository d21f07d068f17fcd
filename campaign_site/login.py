"""The staff's login: guessing passwords is slow, and nobody can lock a colleague out for good."""

from datetime import timedelta
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from petitions.origin import client_network
from petitions.throttling import Limit, ThrottledError, count_or_refuse

# By name and network together: a stranger elsewhere cannot use up the tries of a colleague.
LOGIN_BY_NAME = Limit("login-name", 10, timedelta(minutes=10))
LOGIN_BY_NETWORK = Limit("login-network", 50, timedelta(minutes=10))


class ThrottledLoginForm(AdminAuthenticationForm):
    retry_after: int | None = None

    def clean(self) -> dict[str, Any]:
        """Counted before the password is looked at, so that many tries at once are counted too."""
        assert self.request is not None
        network = client_network(self.request)
        name = self.cleaned_data.get("username", "").strip().casefold()
        try:
            count_or_refuse((LOGIN_BY_NETWORK, network), (LOGIN_BY_NAME, f"{name} {network}"))
        except ThrottledError as error:
            self.retry_after = error.retry_after
            minutes = -(-error.retry_after // 60)
            message = ngettext(
                "Too many tries. Please try again in %(minutes)d minute.",
                "Too many tries. Please try again in %(minutes)d minutes.",
                minutes,
            )
            raise ValidationError(message % {"minutes": minutes}, code="throttled") from error
        return super().clean()
