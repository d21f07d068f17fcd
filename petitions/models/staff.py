"""The append-only log of what staff did to people's words and names."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _

# The number of the actor where the worker acted by itself.
NOBODY = 0


class StaffAct(models.Model):
    """A trigger in the database refuses to change or delete a line, so the actor is a plain number, not a key."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    actor_id = models.BigIntegerField(_("actor number"))
    actor_name = models.CharField(_("who"), max_length=150)
    verb = models.CharField(_("did"), max_length=30)
    object_kind = models.CharField(_("to a"), max_length=30)
    object_id = models.BigIntegerField(_("number"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("staff act")
        verbose_name_plural = _("staff acts")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="staffact_by_object")]

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.verb} {self.object_kind} {self.object_id}"


def act_by(actor: AbstractBaseUser | None, verb: str, target: models.Model, note: str = "") -> StaffAct:
    """An unsaved line, so that a bulk act writes its lines in one statement. Without an actor it was the worker."""
    return StaffAct(
        actor_id=actor.pk if actor else NOBODY,
        actor_name=actor.get_username() if actor else "worker",
        verb=verb,
        object_kind=str(target._meta.model_name),
        object_id=target.pk,
        note=note,
    )
