"""What waits in the outbox, as it would be sent now."""

from django.core.mail import EmailMultiAlternatives

from petitions.mail.rendering import rendered
from petitions.models import OutboxMail


def waiting_mails() -> list[EmailMultiAlternatives]:
    mails = (rendered(mail) for mail in OutboxMail.objects.waiting().order_by("pk"))
    return [mail for mail in mails if mail]


def send_all() -> None:
    """As if the worker had sent what waits."""
    OutboxMail.objects.waiting().update(state="sent")
