"""Colleagues and their second factor. The package's own screens would show the secrets."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from petitions.admin.guarded import GuardedAdmin
from petitions.admin.outcomes import left_alone, tell

from . import devices


class ColleagueAdmin(GuardedAdmin, UserAdmin):
    list_display = ("username", "email", "first_name", "last_name", "is_staff", "second_factor")
    actions = ("reset_second_factor",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return devices.with_second_factor(super().get_queryset(request))

    @admin.display(description=_("second factor"), boolean=True)
    def second_factor(self, user: User) -> bool:
        return user.has_second_factor  # type: ignore[attr-defined]

    @admin.action(description=_("Reset the second factor (telephone lost)"), permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        assert isinstance(request.user, User)
        # One's own is removed on one's own page, which asks for a code.
        done = sum(devices.reset(user, request.user) for user in queryset.exclude(pk=request.user.pk))
        message = ngettext(
            "%(count)s second factor is reset. Tell your colleague to set up a new one.",
            "%(count)s second factors are reset. Tell your colleagues to set up new ones.",
            done,
        )
        reason = gettext("Only a second factor that is set up can be reset. Your own has its own page.")
        tell(request, message % {"count": done} if done else "", left_alone(queryset.count() - done, reason))


class RoleAdmin(GuardedAdmin, GroupAdmin):
    """Of two administrators, the second does not undo the first."""


def take_over(site: admin.AdminSite) -> None:
    """Once all apps have shown their screens."""
    site.unregister([TOTPDevice, StaticDevice, User, Group])
    site.register(User, ColleagueAdmin)
    site.register(Group, RoleAdmin)
