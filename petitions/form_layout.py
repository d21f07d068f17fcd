"""How the forms of supporters are laid out and sent."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject, Submit
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.functional import Promise


class Fold(LayoutObject):
    """Fields that many leave as they are, behind one line. It stands open where one of them was used or is wrong."""

    def __init__(self, css_id: str, summary: str | Promise, *fields: str) -> None:
        self.css_id = css_id
        self.summary = summary
        self.fields = list(fields)

    def render(self, form: BaseForm, context: Any, **kwargs: Any) -> str:
        values = {
            "id": self.css_id,
            "summary": self.summary,
            "is_open": any(_is_used(form, name) or name in form.errors for name in self.fields),
            "fields": self.get_rendered_fields(form, context, **kwargs),
        }
        return render_to_string("forms/fold.html", values)


def _is_used(form: BaseForm, name: str) -> bool:
    """Whether it says anything else than at first; also in a form that only shows again what was typed."""
    return (form[name].value() or "") != (form.fields[name].initial or "")


def plain_helper(action: str, button: str | Promise, *fields: Any) -> FormHelper:
    """One form, posted to `action`, without a per-visitor token: the page is the same for everyone."""
    helper = FormHelper()
    # By this name the switch of languages sends what was typed.
    helper.form_id = action.rstrip("/").rpartition("/")[2] + "-form"
    helper.form_action = action
    helper.disable_csrf = True
    helper.form_show_errors = True
    helper.layout = Layout(*fields)
    helper.add_input(Submit("", button, css_class="wide"))
    return helper
