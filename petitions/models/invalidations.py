"""Invalidations: which signatures somebody took out of the count, by what rule, and how to bring each of them back."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ..name_patterns import NamePattern
from .petitions import Petition
from .signatures import Signature

CRITERIA = (
    "signed_from",
    "signed_until",
    "confirmed_from",
    "confirmed_until",
    "mail_domain",
    "country",
    "name",
    "name_pattern",
    "delay_below",
    "delay_above",
    "review_reason",
    "held_reason",
    "network_hash",
)
TEXTS = ("mail_domain", "country", "name", "name_pattern", "review_reason", "held_reason", "network_hash")
NO_CRITERION = Q(**{field: "" if field in TEXTS else None for field in CRITERIA})


class Invalidation(models.Model):
    """Criteria are joined by "and"; an empty one asks nothing. What came after it was asked for is never taken."""

    class State(models.TextChoices):
        DRAFTED = "drafted", _("waits for a second person")
        AGREED = "agreed", _("about to begin")
        RUNNING = "running", _("running")
        CANCELLED = "cancelled", _("cancelled")
        DONE = "done", _("done")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")

    CAN_BE_CANCELLED = (State.DRAFTED, State.AGREED, State.RUNNING)
    CAN_BE_UNDONE = (State.CANCELLED, State.DONE)
    GOES_ON = (State.AGREED, State.RUNNING, State.UNDOING)

    petition = models.ForeignKey(
        Petition, on_delete=models.CASCADE, related_name="invalidations", verbose_name=_("petition")
    )
    signed_from = models.DateTimeField(_("signed from"), null=True, blank=True)
    signed_until = models.DateTimeField(_("signed before"), null=True, blank=True)
    confirmed_from = models.DateTimeField(_("confirmed from"), null=True, blank=True)
    confirmed_until = models.DateTimeField(_("confirmed before"), null=True, blank=True)
    mail_domain = models.CharField(_("mail domain"), max_length=253, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    name = models.CharField(_("full name"), max_length=150, blank=True)
    name_pattern = models.CharField(_("kind of name"), max_length=10, choices=NamePattern, blank=True)
    delay_below = models.PositiveIntegerField(_("confirmed sooner than, in seconds"), null=True, blank=True)
    delay_above = models.PositiveIntegerField(_("confirmed later than, in seconds"), null=True, blank=True)
    review_reason = models.CharField(_("marked for review as"), max_length=40, blank=True)
    held_reason = models.CharField(_("held for"), max_length=12, choices=Signature.HeldReason, blank=True)
    network_hash = models.CharField(_("network"), max_length=16, blank=True)
    takes_pending = models.BooleanField(_("also those still to be confirmed"), default=False)

    reason = models.CharField(_("reason"), max_length=300)
    public_reason = models.CharField(_("public reason"), max_length=12, choices=Signature.InvalidatedFor)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFTED)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    created_at = models.DateTimeField(_("asked"), db_default=Now())
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("agreed by")
    )
    finished_at = models.DateTimeField(_("finished"), null=True)
    # As counted when it was asked for; and what was really done.
    expected_count = models.PositiveIntegerField(default=0)
    taken_count = models.PositiveIntegerField(default=0)
    restored_count = models.PositiveIntegerField(default=0)
    # Signatures from this number up are looked at already; at the beginning one above the newest.
    below = models.BigIntegerField()

    class Meta:
        verbose_name = _("invalidation")
        verbose_name_plural = _("invalidations")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~NO_CRITERION,
                name="invalidation_asks_something",
                violation_error_message=_("Say by what these signatures are known: all of a petition are never meant."),
            ),
            models.CheckConstraint(
                condition=~Q(agreed_by=F("created_by")),
                name="invalidation_two_people",
                violation_error_message=_("Somebody else must say yes."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], name="invalidation_goes_on", condition=Q(state__in=["agreed", "running", "undoing"])
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class InvalidatedSignature(models.Model):
    """One signature that an invalidation took, as it was: undoing it brings back exactly that."""

    class End(models.TextChoices):
        RESTORED = "restored", _("restored")
        OBJECTION = "objection", _("restored after an objection")
        LEFT = "left", _("decided otherwise meanwhile")

    invalidation = models.ForeignKey(Invalidation, on_delete=models.CASCADE, related_name="taken", db_index=False)
    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="takings")
    state_before = models.CharField(max_length=12)
    # The signature's own: where they differ, somebody has restored it and taken it out once more.
    invalidated_at = models.DateTimeField()
    end = models.CharField(max_length=9, choices=End, blank=True, default="")

    class Meta:
        verbose_name = _("invalidated signature")
        verbose_name_plural = _("invalidated signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["invalidation", "signature"],
                name="invalidatedsignature_once",
                violation_error_message=_("This signature is taken out already."),
            ),
        ]
        indexes = [
            models.Index(fields=["invalidation", "id"], name="invalidatedsignature_out", condition=Q(end="")),
        ]

    def __str__(self) -> str:
        return f"{self.invalidation_id}: {self.signature_id}"


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def waiting(self) -> Self:
        return self.filter(state=Objection.State.WAITING)

    def with_invalidation(self) -> Self:
        """Add the number and the reason of what took the signature out; empty where a person did by hand."""
        taking = InvalidatedSignature.objects.filter(
            signature=OuterRef("signature"), invalidated_at=OuterRef("invalidated_at")
        )
        return self.annotate(
            invalidation=Subquery(taking.values("invalidation")[:1]),
            invalidation_reason=Subquery(taking.values("invalidation__reason")[:1]),
        )


class Objection(models.Model):
    """A signer says that a signature was taken out wrongly. Once for each time that it was taken out."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        UPHELD = "upheld", _("restored")
        DECLINED = "declined", _("stays out")

    LONGEST = 500

    # Filled by `with_invalidation`.
    invalidation: int | None
    invalidation_reason: str | None

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="objections", db_index=False)
    invalidated_at = models.DateTimeField(_("invalidated"))
    words = models.TextField(_("what the signer says"), max_length=LONGEST, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    made_at = models.DateTimeField(_("made"), db_default=Now())
    decided_at = models.DateTimeField(_("decided"), null=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["signature", "invalidated_at"],
                name="objection_once",
                violation_error_message=_("You have objected already."),
            ),
        ]
        indexes = [models.Index(fields=["id"], name="objection_waiting", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"#{self.pk}"
