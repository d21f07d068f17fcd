"""Who runs this site: one row, so its list leads to it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ..imprint import forget_operator, of_the_environment
from ..models import Operator
from ..models.operators import THE_ONE
from ..models.staff import act_by
from .guarded import GuardedAdmin


@admin.register(Operator)
class OperatorAdmin(GuardedAdmin):
    fieldsets = (
        (
            None,
            {
                "fields": ("name", "postal_address", "email", "telephone", "responsible"),
                "description": _(
                    "Shown on the pages About and Privacy and at the foot of every mail. On other pages it changes "
                    "after a minute."
                ),
            },
        ),
    )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if Operator.objects.exists():
            return redirect("admin:petitions_operator_change", THE_ONE)
        return redirect("admin:petitions_operator_add")

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if Operator.objects.exists():
            return redirect("admin:petitions_operator_change", THE_ONE)
        return super().add_view(request, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Operator | None = None) -> bool:
        """Somebody always answers for the site."""
        return False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        known = of_the_environment()
        return {name: getattr(known, name) for name in ("name", "postal_address", "email")}

    def save_model(self, request: HttpRequest, obj: Operator, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        assert request.user.is_authenticated
        act_by(request.user, "change" if change else "add", obj, obj.name[:300]).save()
        transaction.on_commit(forget_operator)
