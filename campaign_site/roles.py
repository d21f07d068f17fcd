"""The roles of staff: what each may do, declared once. `manage.py migrate` brings the database in line with it."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group, Permission
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import F


def _everything_with(app: str, *models: str) -> list[str]:
    return [f"{app}.{act}_{model}" for model in models for act in ("add", "change", "delete", "view")]


ROLES: Mapping[str, Iterable[str]] = {
    "Organizers": [
        *_everything_with(
            "campaigns",
            "callscript",
            "callscripttext",
            "campaign",
            "campaigntarget",
            "campaigntext",
            "city",
            "cityname",
            "closure",
            "contact",
            "evidence",
            "evidencetext",
            "letter",
            "lettertext",
            "media",
            "mediatext",
            "openinghours",
            "post",
            "story",
            "target",
            "targettext",
            "update",
            "updatetext",
        ),
        "campaigns.change_contactreport",
        "campaigns.view_contactreport",
        "campaigns.view_deedcount",
        *_everything_with("petitions", "domainrule", "petition", "petitiontext", "reasontext", "watchedword"),
        *_everything_with("petitions", "throttleoverride"),
        "petitions.add_reason",
        "petitions.change_reason",
        "petitions.view_reason",
        "petitions.add_operator",
        "petitions.change_operator",
        "petitions.view_operator",
        "petitions.change_outboxmail",
        "petitions.invalidate_signature",
        "petitions.moderate_comment",
        "petitions.add_listentry",
        "petitions.change_listentry",
        "petitions.view_listentry",
        "petitions.send_mailing",
        "petitions.view_comment",
        "petitions.view_count",
        "petitions.view_decision",
        "petitions.view_follower",
        "petitions.view_outboxmail",
        "petitions.view_signature",
        "petitions.view_staffact",
    ],
    "Moderators": [
        "petitions.moderate_comment",
        "petitions.view_comment",
    ],
}


class UnknownPermissionError(Exception):
    """A role names a right that no model has."""


def sync_roles(using: str = DEFAULT_DB_ALIAS, roles: Mapping[str, Iterable[str]] = ROLES) -> None:
    """Give each role exactly its rights. Other groups, and who is in which, stay as they are."""
    names = F("content_type__app_label"), F("codename")
    keys = {f"{app}.{code}": pk for pk, app, code in Permission.objects.using(using).values_list("pk", *names)}
    unknown = {right for rights in roles.values() for right in rights} - keys.keys()
    if unknown:
        raise UnknownPermissionError(", ".join(sorted(unknown)))
    with transaction.atomic(using):
        for name, rights in roles.items():
            role, _created = Group.objects.using(using).get_or_create(name=name)
            role.permissions.set([keys[right] for right in rights])
