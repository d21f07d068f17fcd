"""What was typed into a form, to be shown once more without being judged: in another language, or to be mended."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest

# The name of the button that asks for the same page in another language.
ONLY_SHOW = "show"


def is_only_shown(request: HttpRequest) -> bool:
    return ONLY_SHOW in request.POST


def typed(form: BaseForm) -> dict[str, Any]:
    """The values of a form that was sent, as initial ones of another; each as long as its field bears."""
    return {name: form[name].value() for name in form.fields}
