"""reCAPTCHA where keys are set: under a strict policy, and without losing a signature when it cannot be asked."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django_recaptcha.fields import ReCaptchaField
from django_recaptcha.widgets import ReCaptchaV2Checkbox

logger = logging.getLogger(__name__)

NOT_ASKED = "captcha not answered"
UNREACHABLE = "captcha unreachable"


def is_captcha_on() -> bool:
    return settings.RECAPTCHA_ENABLED


class Checkbox(ReCaptchaV2Checkbox):
    """Google's checkbox without inline script: the template that comes with it is ours."""

    def build_attrs(self, base_attrs: dict, extra_attrs: dict | None = None) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        # No callback: it would need inline script. No number of its own: the page is the same for everyone.
        return {name: value for name, value in attrs.items() if name not in ("data-callback", "data-widget-uuid")}


class ForgivingCaptchaField(ReCaptchaField):
    """Only a wrong answer is refused. Cleans to the reason to review a signature, or "" when the answer was right.

    No answer at all is what people without JavaScript send, and those whose country or browser blocks Google;
    the e-mail confirmation still stands between a machine and the count.
    """

    widget = Checkbox

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, label="", **kwargs)

    def get_remote_ip(self) -> str:
        """Google is not told who signs."""
        return ""

    def clean(self, value: Any) -> str:
        if not value:
            return NOT_ASKED
        try:
            self.validate(value)
        except forms.ValidationError as error:
            if error.code == "captcha_error":
                logger.warning("captcha verification failed at the provider")
                return UNREACHABLE
            raise
        except (OSError, ValueError):
            logger.warning("captcha provider unreachable")
            return UNREACHABLE
        return ""


def allows_captcha(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the page load the captcha, and nothing else from elsewhere, where keys are set."""
    hosts = ["www.google.com", "www.recaptcha.net"]
    scripts = [f"https://{host}/recaptcha/" for host in hosts] + ["https://www.gstatic.com/recaptcha/"]
    frames = [f"https://{host}/recaptcha/" for host in hosts] + ["https://recaptcha.google.com/recaptcha/"]
    allowing = cast(Callable[..., HttpResponse], csp_update({"script-src": scripts, "frame-src": frames})(view))

    @wraps(view)
    def chosen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return (allowing if is_captcha_on() else view)(request, *args, **kwargs)

    return chosen
