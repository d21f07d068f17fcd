"""What stands above every mail."""

from django.conf import settings

from ..models import OutboxMail


def headers(mail: OutboxMail, language: str, one_click: str | None = None) -> dict[str, str]:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")
    lines = {
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
        "Message-ID": f"<{mail.message_id}@{domain}>",
    }
    if one_click:
        lines |= {"List-Unsubscribe": f"<{one_click}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return lines
