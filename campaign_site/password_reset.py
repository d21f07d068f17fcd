"""Staff who forgot their password get a link by mail. The answer is the same for every address; the second factor is
asked for all the same when they log in."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import views
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from petitions.mail.outbox import queue
from petitions.models import OutboxMail
from petitions.models.staff import act_by
from petitions.origin import client_network
from petitions.throttling import RESET_BY_NETWORK, ThrottledError, count_or_refuse

from .login import too_many_tries

# One mailbox may be that of an office with several accounts.
MOST_ACCOUNTS = 5


class AskForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))


class SitePage:
    """As the admin's other pages before logging in."""

    request: HttpRequest

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        site = admin.site.each_context(self.request) | {"is_nav_sidebar_enabled": False}
        return super().get_context_data(**context) | site  # type: ignore[misc]


class Ask(SitePage, views.PasswordContextMixin, FormView):
    """Not Django's own, which sends at once and so takes longer where it has something to send."""

    form_class = AskForm
    template_name = "registration/password_reset_form.html"
    title = _("Password reset")
    success_url = reverse_lazy("password_reset_done")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            count_or_refuse((RESET_BY_NETWORK, client_network(self.request)))
        except ThrottledError as error:
            form.add_error("email", too_many_tries(error))
            response = self.render_to_response(self.get_context_data(form=form), status=429)
            response.headers["Retry-After"] = str(error.retry_after)
            return response
        queue_links(form.cleaned_data["email"])
        return super().form_valid(form)


def queue_links(email: str) -> None:
    """A mail for each account of this address; where there is none the same statement runs for nobody."""
    users = User.objects.filter(email__iexact=email, is_active=True, is_staff=True).order_by("pk")[:MOST_ACCOUNTS]
    wanted = [user for user in users if user.has_usable_password()]
    for user in wanted or [User(pk=0)]:
        wait = timedelta() if wanted else None
        queue(OutboxMail.Kind.PASSWORD, user, get_language() or "en", wait=wait, column="staff_id")


class Asked(SitePage, views.PasswordResetDoneView):
    pass


class Choose(SitePage, views.PasswordResetConfirmView):
    success_url = reverse_lazy("password_reset_complete")

    def get_user(self, uidb64: str) -> Any:
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active and user.is_staff else None

    def form_valid(self, form: Any) -> HttpResponse:
        """Sessions hold a digest of the password: all of them end."""
        response = super().form_valid(form)
        assert self.user is not None
        act_by(self.user, "reset password", self.user).save()
        return response


class Chosen(SitePage, views.PasswordResetCompleteView):
    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"login_url": reverse("admin:login")}


def password_reset_addresses() -> list[URLPattern]:
    """Django's own names, by which its login page and its mail find them."""
    return [
        path("password-reset/", Ask.as_view(), name="admin_password_reset"),
        path("password-reset/sent/", Asked.as_view(), name="password_reset_done"),
        path("password-reset/<str:uidb64>/<str:token>/", Choose.as_view(), name="password_reset_confirm"),
        path("password-reset/done/", Chosen.as_view(), name="password_reset_complete"),
    ]
