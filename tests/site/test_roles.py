"""Each role of staff has exactly the rights that are declared."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from campaign_site.roles import ROLES, UnknownPermissionError, sync_roles

from ..factories import make_staff

pytestmark = pytest.mark.django_db


def rights(group):
    held = Group.objects.get(name=group).permissions.select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in held}


@pytest.mark.parametrize("role", ROLES)
def test_migrated_database_has_exactly_the_declared_rights(role):
    assert rights(role) == set(ROLES[role])


def test_right_that_is_no_longer_declared_is_taken_away():
    sync_roles(roles={"Moderators": ["petitions.view_comment"]})
    assert rights("Moderators") == {"petitions.view_comment"}


def test_right_given_by_hand_is_taken_away_by_the_next_migrate():
    Group.objects.get(name="Moderators").permissions.add(Permission.objects.get(codename="view_signature"))
    call_command("migrate", verbosity=0)
    assert rights("Moderators") == set(ROLES["Moderators"])


def test_unknown_right_is_refused_by_name_and_changes_nothing():
    with pytest.raises(UnknownPermissionError, match=r"petitions\.fly"):
        sync_roles(roles={"Moderators": [], "Organizers": ["petitions.fly"]})
    assert rights("Moderators") == set(ROLES["Moderators"])


def test_person_keeps_the_role():
    moderator = make_staff("Moderators")
    sync_roles()
    assert moderator.groups.get().name == "Moderators"


def test_group_of_the_site_itself_is_left_alone():
    own = Group.objects.create(name="Translators")
    own.permissions.add(Permission.objects.get(codename="view_signature"))
    sync_roles()
    assert rights("Translators") == {"petitions.view_signature"}


def test_migrating_one_app_leaves_roles_alone():
    sync_roles(roles={"Moderators": []})
    call_command("migrate", "campaigns", verbosity=0)
    assert rights("Moderators") == set()
