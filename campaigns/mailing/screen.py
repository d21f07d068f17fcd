"""What the page for sending an update shows: who gets it, what they read, how far it has come."""

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.query import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from petitions.languages import language_name, reader_language
from petitions.mail.fan_out import count_recipients
from petitions.mail.rendering import as_seen_by_staff
from petitions.mailing import needs_second_person
from petitions.markdown import to_html
from petitions.models import Mailing, MailingText, OutboxMail, Petition

State = OutboxMail.State


@dataclass(frozen=True)
class Recipients:
    """By language, those with the most readers first."""

    rows: list[tuple[str, int]]
    total: int

    @classmethod
    def of(cls, about: str, petitions: set[int]) -> "Recipients":
        counts = count_recipients(about, petitions)
        inside = reader_language()
        return cls([(language_name(tag, inside), count) for tag, count in counts.items()], sum(counts.values()))

    @property
    def needs_second_person(self) -> bool:
        return needs_second_person(self.total)


@dataclass(frozen=True)
class Preview:
    """One language, as the people of one petition read it."""

    text: MailingText
    name: str

    @property
    def html(self) -> SafeString:
        return to_html(self.text.body)


def previews(texts: list[MailingText]) -> list[Preview]:
    """In each language what the people of the first petition read."""
    shown = [text for text in texts if text.petition_id == texts[0].petition_id]
    return [Preview(text, language_name(text.language, reader_language())) for text in shown]


def html_of(text: MailingText) -> SafeString:
    """As it is rendered when it is sent, up to the link to stop, which is each person's own."""
    mail = OutboxMail(kind=OutboxMail.Kind.NEWS, language=text.language)
    content, _kind = as_seen_by_staff(text, mail, "").alternatives[0]
    return SafeString(str(content))


def unsaved(texts: list[MailingText]) -> list[MailingText]:
    """With their petitions, in one statement for all."""
    petitions = Petition.objects.in_bulk({text.petition_id for text in texts})
    for text in texts:
        text.petition = petitions[text.petition_id]
    return texts


@dataclass(frozen=True)
class Progress:
    sent: int
    waiting: int
    failed: int
    dropped: int
    total: int
    reasons: list[tuple[str, int]]

    @classmethod
    def of(cls, mailing: Mailing) -> "Progress":
        mails = mails_of(mailing)
        counts = dict(mails.values_list("state").annotate(Count("pk")).order_by())
        failed = mails.filter(state=State.FAILED).values_list("last_error").annotate(number=Count("pk"))
        reasons = [(said or gettext("no reason given"), number) for said, number in failed.order_by("-number")[:5]]
        # Until all are queued, as many as were counted when it was asked for.
        total = max(sum(counts.values()), mailing.expected_count if mailing.state in Mailing.LIVE else 0)
        sent, failures = counts.get(State.SENT, 0), counts.get(State.FAILED, 0)
        dropped = counts.get(State.DROPPED, 0)
        return cls(sent, total - sent - failures - dropped, failures, dropped, total, reasons)


def mails_of(mailing: Mailing) -> QuerySet[OutboxMail]:
    """To its readers; those that staff sent to themselves are not among them."""
    return OutboxMail.objects.filter(mailing=mailing, staff__isnull=True)
