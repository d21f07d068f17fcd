"""Mail that waits to be sent: which, for whom and when, but no address and no words. It is rendered when it is sent."""

from functools import reduce
from operator import or_
from typing import Self

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ..languages import LanguageField
from .comments import Comment
from .followers import Follower
from .mailings import Mailing
from .reports import Report
from .signatures import Signature

RECIPIENTS = ("signature", "comment", "follower", "report", "staff")
ONE_RECIPIENT = reduce(or_, (Q(**{f"{name}__isnull": name != one for name in RECIPIENTS}) for one in RECIPIENTS))


class OutboxQuerySet(models.QuerySet["OutboxMail"]):
    def waiting(self) -> Self:
        return self.filter(state=OutboxMail.State.WAITING)

    def failed(self) -> Self:
        return self.filter(state=OutboxMail.State.FAILED)


class OutboxMail(models.Model):
    class Kind(models.TextChoices):
        """What happened; what the mail says of it is decided when it is sent."""

        SIGNED = "signed", _("after signing")
        COMMENTED = "commented", _("after commenting")
        FOLLOWED = "followed", _("after asking to follow")
        REPLIED = "replied", _("after a reply")
        NEWS = "news", _("news")
        PASSWORD = "password", _("after forgetting a password")
        DECIDED = "decided", _("after a decision about a comment")
        REPORTED = "reported", _("after a decision about a reported comment")
        WAITING = "waiting", _("what waits for moderators")
        TAKEN_OUT = "taken_out", _("after invalidating a signature")
        FINDINGS = "findings", _("what stands out among signatures")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("no longer wanted")

    kind = models.CharField(_("mail"), max_length=10, choices=Kind)
    signature = models.ForeignKey(
        Signature, on_delete=models.CASCADE, null=True, blank=True, related_name="mails", db_index=False
    )
    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="mails", db_index=False
    )
    follower = models.ForeignKey(
        Follower, on_delete=models.CASCADE, null=True, blank=True, related_name="mails", db_index=False
    )
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, null=True, blank=True, related_name="mails", db_index=False
    )
    # Somebody of the staff who looks at a mailing before it goes out, or forgot a password.
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    mailing = models.ForeignKey(
        Mailing, on_delete=models.CASCADE, null=True, blank=True, related_name="mails", db_index=False
    )
    # Half of the address's keyed hash: of several petitions that match, a mailing takes one.
    address_key = models.UUIDField(null=True, blank=True, editable=False)
    language = LanguageField()
    state = models.CharField(_("state"), max_length=8, choices=State, db_default=State.WAITING)
    created_at = models.DateTimeField(_("asked for"), db_default=Now())
    due_at = models.DateTimeField(_("due"), db_default=Now())
    attempts = models.PositiveSmallIntegerField(_("attempts"), db_default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # Sent twice, as after a kill, it is the same message to a mail program.
    message_id = models.UUIDField(db_default=RandomUUID(), editable=False)
    last_error = models.CharField(_("last error"), max_length=300, blank=True, db_default="")

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("outbox")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=ONE_RECIPIENT,
                name="outboxmail_one_recipient",
                violation_error_message=_("A mail goes to one person."),
            ),
            models.UniqueConstraint(
                fields=["mailing", "address_key"],
                condition=Q(mailing__isnull=False),
                name="outboxmail_once_per_mailing",
                violation_error_message=_("This address gets the mailing already."),
            ),
        ]
        indexes = [
            # What the worker looks for; small, for a mail leaves it when it is done.
            models.Index(fields=["due_at", "id"], name="outboxmail_due", condition=Q(state="waiting")),
            # What people wait for goes out before news.
            models.Index(
                fields=["due_at", "id"], name="outboxmail_due_first", condition=Q(state="waiting", mailing__isnull=True)
            ),
            models.Index(fields=["signature"], name="outboxmail_signature", condition=Q(signature__isnull=False)),
            models.Index(fields=["comment"], name="outboxmail_comment", condition=Q(comment__isnull=False)),
            models.Index(fields=["follower"], name="outboxmail_follower", condition=Q(follower__isnull=False)),
            models.Index(fields=["report"], name="outboxmail_report", condition=Q(report__isnull=False)),
            models.Index(fields=["staff"], name="outboxmail_staff", condition=Q(staff__isnull=False)),
            models.Index(fields=["-finished_at"], name="outboxmail_failed", condition=Q(state="failed")),
            models.Index(F("finished_at"), name="outboxmail_finished", condition=Q(finished_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def recipient(self) -> Signature | Comment | Follower | Report:
        found = self.signature or self.comment or self.follower or self.report
        assert found is not None, "the database lets every mail have one recipient, and this one is not for staff"
        return found


class WorkerBeat(models.Model):
    """When each duty of the worker last went well: what monitors ask for."""

    duty = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.duty}: {self.at}"
