"""A signature: one person's name under one petition."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from ..languages import LanguageField
from ..names import validate_plain_name
from ..seen import seen_as
from ..shown_names import LONGEST, proposed_shown_name
from .petitions import Petition, SignedText


class SignatureQuerySet(models.QuerySet["Signature"]):
    def confirmed(self) -> Self:
        return self.filter(state=Signature.State.CONFIRMED)

    def visible(self) -> Self:
        """What the public may read: confirmed, and shown by the signer's own choice."""
        return self.confirmed().exclude(visibility=Signature.Visibility.HIDDEN)

    def marked_for_review(self) -> Self:
        """Something about them is odd, but they count."""
        return self.exclude(review_reason="")

    def held(self) -> Self:
        """Not counted until a person decides, whether their signers have confirmed them or not yet."""
        return self.filter(state__in=Signature.CAN_BE_RELEASED).exclude(held_reason="")


class Signature(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("waiting for confirmation")
        CONFIRMED = "confirmed", _("confirmed")
        # Confirmed by its signer, but suspicious: a state of its own, so that nothing that asks for
        # confirmed ones ever counts, shows or mails it.
        HELD = "held", _("held")
        WITHDRAWN = "withdrawn", _("withdrawn")
        INVALIDATED = "invalidated", _("invalidated")

    class Visibility(models.TextChoices):
        # Stored as when it was always the first name and an initial.
        SHOWN_NAME = "initial", _("Short name, with my city")
        FULL = "full", _("Full name, with my city")
        CITY = "city", _("Only my city")
        HIDDEN = "hidden", _("Not shown, only counted")

    class InvalidatedFor(models.TextChoices):
        """A closed list, for everybody: what staff write for themselves may name people."""

        TWICE = "twice", _("The same person twice")
        NAME = "name", _("A name nobody can have")
        ADDRESS = "address", _("A throw-away mail address")
        MACHINE = "machine", _("Sent by a machine")
        STRANGER = "stranger", _("Signed in another person’s name")
        OTHER = "other", _("Another reason")

    class HeldReason(models.TextChoices):
        """Short, for there are few, and people decide by them."""

        DOMAIN = "domain", _("blocked mail domain")
        ADDRESS = "address", _("blocked address")
        NETWORK = "network", _("blocked network")
        LIMIT = "limit", _("too many at once from one network")

    # The indexes below begin with the petition: one more of its own would only slow signing down.
    petition = models.ForeignKey(
        Petition, on_delete=models.CASCADE, related_name="signatures", verbose_name=_("petition"), db_index=False
    )
    name = models.CharField(_("full name"), max_length=150, validators=[validate_plain_name])
    email = models.EmailField(_("e-mail"), max_length=254)
    canonical_email = models.CharField(max_length=254, editable=False)
    country = CountryField(_("country"))
    city = models.CharField(_("city"), max_length=100, validators=[validate_plain_name])
    city_key = models.CharField(max_length=100, editable=False, help_text="places.city_key of the city")
    language = LanguageField()
    visibility = models.CharField(
        _("how the name is shown"), max_length=10, choices=Visibility, default=Visibility.SHOWN_NAME
    )
    shown_name = models.CharField(
        _("shown name"),
        max_length=LONGEST,
        blank=True,
        default="",
        db_default="",
        validators=[validate_plain_name],
        help_text="As proposed when it was signed, or as the signer wrote it; blank in older rows",
    )
    wants_updates = models.BooleanField(_("wants news"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PENDING)
    review_reason = models.CharField(_("marked for review"), max_length=40, blank=True)
    held_reason = models.CharField(
        _("held because"), max_length=12, choices=HeldReason, blank=True, default="", db_default=""
    )
    # No foreign key: an entry goes in its time, and what it held is still found by its number.
    held_by = models.BigIntegerField(
        _("held by entry"), null=True, blank=True, editable=False, help_text="ListEntry.pk, where one holds it"
    )
    signed_text = models.ForeignKey(SignedText, on_delete=models.PROTECT, related_name="signatures")
    signed_at = models.DateTimeField(_("signed"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    invalidated_at = models.DateTimeField(_("invalidated"), null=True, blank=True)
    # Blank in rows that were invalidated before there was a list: they count as OTHER.
    invalidated_for = models.CharField(
        _("public reason"), max_length=12, choices=InvalidatedFor, blank=True, default="", db_default=""
    )
    # Only the release before writes it; the outbox counts now.
    mail_count = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    mails_stopped_at = models.DateTimeField(_("mails stopped"), null=True, blank=True)
    anonymised_at = models.DateTimeField(_("made anonymous"), null=True, blank=True)
    # address_hashes.network_hash of where the form came from first; forgotten after a month.
    network_hash = models.CharField(max_length=16, null=True, blank=True, editable=False)  # noqa: DJ001

    CAN_BE_CONFIRMED = (State.PENDING, State.WITHDRAWN)
    CAN_BE_RELEASED = (State.PENDING, State.HELD)

    # Filled by the query of a signer's own pages: the words that wait to be confirmed with the signature.
    waiting_comment: str

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "canonical_email"],
                name="signature_one_per_address",
                violation_error_message=_("This address has already signed."),
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
                name="signature_confirmed_since",
                violation_error_message=_("A confirmed signature has a time of confirmation."),
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(confirmed_at__isnull=False),
                name="signature_held_since",
                violation_error_message=_("A held signature has a time of confirmation."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["petition", "-id"],
                name="signature_public_list",
                condition=Q(state="confirmed") & ~Q(visibility="hidden"),
            ),
            models.Index(fields=["petition", "-id"], name="signature_of_petition"),
            models.Index(
                fields=["state", "-id"],
                name="signature_out",
                condition=Q(state__in=["withdrawn", "invalidated"]),
            ),
            models.Index(fields=["canonical_email"], name="signature_by_address"),
            models.Index(fields=["-id"], name="signature_to_review", condition=~Q(review_reason="")),
            models.Index(fields=["-id"], name="signature_held", condition=~Q(held_reason="")),
            models.Index(fields=["held_by", "id"], name="signature_held_by", condition=Q(held_by__isnull=False)),
            models.Index(fields=["signed_at"], name="signature_unconfirmed", condition=Q(confirmed_at__isnull=True)),
        ]
        permissions = [("invalidate_signature", _("Can invalidate and restore signatures"))]

    def __str__(self) -> str:
        return f"{self.petition_id}/{self.pk}"

    @property
    def is_confirmed(self) -> bool:
        """By its signer, who meets the same pages whether it is held or counted."""
        return self.state in (self.State.CONFIRMED, self.State.HELD)

    @property
    def is_counted(self) -> bool:
        return self.state == self.State.CONFIRMED

    @property
    def is_waiting_for_release(self) -> bool:
        """As `held()`, and those whose reason was forgotten when they became anonymous."""
        return self.state == self.State.HELD or (self.state == self.State.PENDING and bool(self.held_reason))

    @property
    def public_name(self) -> str:
        """The name as the signer lets the public see it; blank where it is not shown."""
        if self.visibility == self.Visibility.FULL:
            return self.name
        if self.visibility == self.Visibility.SHOWN_NAME:
            return self.shown_name or proposed_shown_name(self.name, str(self.country))
        return ""

    @property
    def handed_over_name(self) -> str:
        """The name that those get whom the petition asks, as promised when it was signed. Load `signed_text` too."""
        return self.name if self.signed_text.promises_full_name else self.public_name

    @property
    def public_city(self) -> str:
        return "" if self.visibility == self.Visibility.HIDDEN else self.city

    @property
    def as_seen(self) -> str:
        """What staff decide about: the state, who signed, and why it was marked or held."""
        reasons = (self.review_reason, self.held_reason)
        return seen_as(self.state, self.name, self.email, self.city, str(self.country), *reasons)
