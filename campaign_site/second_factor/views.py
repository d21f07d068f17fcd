"""The pages of the second factor: set it up, care for it, and give its code when logging in."""

from typing import Any
from urllib.parse import urlsplit

import django_otp
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import default_key

from petitions.models.staff import act_by
from petitions.throttling import ThrottledError

from . import devices, qr
from .forms import CodeForm
from .waiting import end_waiting, who_waits

# The secret waits here, so that looking at the page makes no device.
KEY = "second_factor_key"
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@csrf_protect
@sensitive_post_parameters()
@get_or_post
def code_page(request: HttpRequest) -> HttpResponse:
    """The second step of logging in."""
    user = who_waits(request)
    if user is None:
        return redirect("admin:login")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            device = devices.check_code(user, form.cleaned_data["code"])
        except (devices.WrongCodeError, ThrottledError) as error:
            _refuse(form, error)
        else:
            return _log_in(request, user, device)
    return _page(
        request, "admin/second_factor/code.html", form, gettext("Your second factor"), {"has_permission": False}
    )


def _log_in(request: HttpRequest, user: User, device: Device) -> HttpResponse:
    next_page = end_waiting(request)
    login(request, user)
    django_otp.login(request, device)
    act_by(user, "log in", user, "with a second factor").save()
    if isinstance(device, StaticDevice):
        left = devices.recovery_codes_left(user)
        message = ngettext(
            "That recovery code is used up; %(count)s is left.",
            "That recovery code is used up; %(count)s are left.",
            left,
        )
        messages.warning(request, message % {"count": left})
    return redirect(next_page)


@sensitive_post_parameters()
@get_or_post
def own_page(request: HttpRequest) -> HttpResponse:
    """Set up where there is none; recovery codes and removal where there is one."""
    if not devices.is_offered():
        return redirect("admin:index")
    assert isinstance(request.user, User)
    form = CodeForm(request.POST or None)
    has_one = devices.has_one(request.user)
    if form.is_valid():
        try:
            return (_care_for if has_one else _set_up)(request, request.user, form.cleaned_data["code"])
        except (devices.WrongCodeError, ThrottledError) as error:
            _refuse(form, error)
    if has_one:
        left = devices.recovery_codes_left(request.user)
        return _page(
            request, "admin/second_factor/care.html", form, gettext("Your second factor"), {"recovery_codes_left": left}
        )
    return _setup_page(request, request.user, form)


def _setup_page(request: HttpRequest, user: User, form: CodeForm) -> HttpResponse:
    key = request.session.setdefault(KEY, default_key())
    issuer = urlsplit(settings.SITE_URL).hostname or ""
    address = qr.address(key, user.get_username(), issuer)
    context = {
        "address": address,
        "picture": qr.picture(address),
        "written": qr.written(key),
        "must_have_one": devices.must_have_one(user),
    }
    return _page(request, "admin/second_factor/setup.html", form, gettext("Set up a second factor"), context)


def _set_up(request: HttpRequest, user: User, code: str) -> HttpResponse:
    if KEY not in request.session:
        raise devices.WrongCodeError
    device, codes = devices.set_up(user, request.session[KEY], code)
    del request.session[KEY]
    # Whoever held the session before has no part in what it may do now.
    request.session.cycle_key()
    django_otp.login(request, device)
    messages.success(request, gettext("Your second factor is set up."))
    return _recovery_page(request, codes)


def _care_for(request: HttpRequest, user: User, code: str) -> HttpResponse:
    if "remove" in request.POST:
        devices.remove(user, code)
        messages.success(request, gettext("Your second factor is removed."))
        return redirect("admin:second_factor")
    return _recovery_page(request, devices.make_recovery_codes(user, code))


def _recovery_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return _page(
        request, "admin/second_factor/recovery.html", CodeForm(), gettext("Your recovery codes"), {"codes": codes}
    )


def _refuse(form: CodeForm, error: Exception) -> None:
    if isinstance(error, ThrottledError):
        form.retry_after = error.retry_after  # type: ignore[attr-defined]
        form.add_error("code", gettext("Too many tries. Please wait some minutes."))
    else:
        words = gettext("This code is not right. Wait for the next one; after wrong ones the pause grows.")
        form.add_error("code", words)


def _page(request: HttpRequest, template: str, form: CodeForm, title: str, context: dict[str, Any]) -> HttpResponse:
    every = admin.site.each_context(request) | {"title": title, "form": form}
    response = TemplateResponse(request, template, every | context)
    if retry_after := getattr(form, "retry_after", None):
        response.status_code = 429
        response.headers["Retry-After"] = str(retry_after)
    return response
