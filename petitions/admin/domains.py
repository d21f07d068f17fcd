"""Rules for mail domains."""

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..models import DomainRule, StaffAct
from ..models.staff import act_by
from .guarded import GuardedAdmin


class DomainRuleForm(forms.ModelForm):
    def clean_domain(self) -> str:
        return self.cleaned_data["domain"].strip().lower()

    def clean_alias_of(self) -> str:
        return self.cleaned_data["alias_of"].strip().lower()


@admin.register(DomainRule)
class DomainRuleAdmin(GuardedAdmin):
    form = DomainRuleForm
    list_display = ("domain", "alias_of", "strips_dots", "strips_tag", "is_disposable")
    search_fields = ("domain",)
    fieldsets = (
        (
            None,
            {
                "fields": ("domain", "alias_of", "strips_dots", "strips_tag", "is_disposable"),
                "description": _(
                    "Several addresses may reach one mailbox; a mailbox signs once. A change is in use after a minute "
                    "and concerns new signatures."
                ),
            },
        ),
    )

    def save_model(self, request: HttpRequest, obj: DomainRule, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _act(request, "change" if change else "add", obj).save()

    def delete_model(self, request: HttpRequest, obj: DomainRule) -> None:
        _act(request, "delete", obj).save()
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[DomainRule]) -> None:
        StaffAct.objects.bulk_create(_act(request, "delete", rule) for rule in queryset)
        super().delete_queryset(request, queryset)


def _act(request: HttpRequest, verb: str, rule: DomainRule) -> StaffAct:
    """A rule decides which addresses count as one, so the log holds what it said."""
    assert request.user.is_authenticated
    dots, tag = "ignores dots" * rule.strips_dots, "ignores +words" * rule.strips_tag
    hour = "mailboxes for an hour" * rule.is_disposable
    says = ", ".join(filter(None, [dots, tag, hour, rule.alias_of and f"same as {rule.alias_of}"]))
    return act_by(request.user, verb, rule, f"{rule.domain}: {says}"[:300])
