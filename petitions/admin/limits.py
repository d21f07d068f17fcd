"""Other numbers for the limits that protect the forms, without a deploy."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import StaffAct, ThrottleOverride
from ..models.staff import act_by
from ..throttling import CHANGEABLE, Limit, overrides
from .guarded import GuardedAdmin


def _label(limit: Limit) -> str:
    details = {
        "about": limit.about,
        "times": number_format(limit.times),
        "minutes": number_format(int(limit.window.total_seconds()) // 60),
    }
    return gettext("%(about)s (else %(times)s in %(minutes)s minutes)") % details


class OverrideForm(forms.ModelForm):
    name = forms.ChoiceField(
        label=_("Limit"), choices=lambda: [(limit.name, _label(limit)) for limit in CHANGEABLE.values()]
    )


@admin.register(ThrottleOverride)
class ThrottleOverrideAdmin(GuardedAdmin):
    form = OverrideForm
    list_display = ("about", "times", "minutes")
    fieldsets = (
        (
            None,
            {
                "fields": ("name", "times", "minutes"),
                "description": _(
                    "Whole schools, offices and mobile operators share one network: be generous. A change is in use "
                    "after a few seconds; deleting it brings the usual number back."
                ),
            },
        ),
    )

    @admin.display(description=_("limit"), ordering="name")
    def about(self, override: ThrottleOverride) -> str:
        limit = CHANGEABLE.get(override.name)
        return _label(limit) if limit else override.name

    def save_model(self, request: HttpRequest, obj: ThrottleOverride, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _act(request, "change" if change else "add", obj).save()
        transaction.on_commit(overrides.forget)

    def delete_model(self, request: HttpRequest, obj: ThrottleOverride) -> None:
        _act(request, "delete", obj).save()
        super().delete_model(request, obj)
        transaction.on_commit(overrides.forget)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[ThrottleOverride]) -> None:
        StaffAct.objects.bulk_create(_act(request, "delete", row) for row in queryset)
        super().delete_queryset(request, queryset)
        transaction.on_commit(overrides.forget)


def _act(request: HttpRequest, verb: str, override: ThrottleOverride) -> StaffAct:
    assert request.user.is_authenticated
    return act_by(request.user, verb, override, str(override))
