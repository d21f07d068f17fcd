"""Rules for mail domains."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import DomainRule


class DomainRuleForm(forms.ModelForm):
    def clean_domain(self) -> str:
        return self.cleaned_data["domain"].strip().lower()

    def clean_alias_of(self) -> str:
        return self.cleaned_data["alias_of"].strip().lower()


@admin.register(DomainRule)
class DomainRuleAdmin(admin.ModelAdmin):
    form = DomainRuleForm
    list_display = ("domain", "alias_of", "strips_dots", "strips_tag")
    search_fields = ("domain",)
    fieldsets = (
        (
            None,
            {
                "fields": ("domain", "alias_of", "strips_dots", "strips_tag"),
                "description": _(
                    "Several addresses may reach one mailbox; a mailbox signs once. A change is in use after a minute "
                    "and concerns new signatures."
                ),
            },
        ),
    )
