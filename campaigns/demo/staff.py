"""Logins to try the admin with, for development only."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser, Group, User

ORGANIZER, MODERATOR, ADMINISTRATOR = "organizer", "moderator", "admin"
GROUPS = {ORGANIZER: "Organizers", MODERATOR: "Moderators", ADMINISTRATOR: None}


class DemoRefusedError(Exception):
    """The demonstration would fill a real site with invented people and known passwords."""


def refuse_in_production() -> None:
    if settings.MODE == "production":
        raise DemoRefusedError("MODE=production: a real site gets no invented supporters and no known passwords.")


def password_of(name: str) -> str:
    return f"demo-{name}"


def load_staff() -> dict[str, AbstractUser]:
    """The three logins; one that exists keeps its password and its groups."""
    refuse_in_production()
    known = {user.username: user for user in User.objects.filter(username__in=GROUPS)}
    return {name: known.get(name) or _create(name, group) for name, group in GROUPS.items()}


def _create(name: str, group: str | None) -> User:
    if group is None:
        return User.objects.create_superuser(name, f"{name}@staff.example", password_of(name))
    user = User.objects.create_user(name, f"{name}@staff.example", password_of(name), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user
