"""Mails to those who work here: plain text, with what is true when they are sent."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext, override

from ..links import absolute, interface_language
from ..models import DeskChoice, OutboxMail, TrendFinding
from ..waiting import decisions_by_day, read_by, together, waiting_by_language
from .headers import headers


def password_link(mail: OutboxMail, staff: Any) -> EmailMultiAlternatives | None:
    """In Django's own words. The link is made now: it works once, for some hours, and not after another login."""
    if not (_is_at_work(staff) and staff.has_usable_password()):
        return None
    protocol, _colon, domain = settings.SITE_URL.partition("://")
    with override(interface_language(mail.language)):
        context = {
            "user": staff,
            "email": staff.email,
            "site_name": gettext("Sister City Campaigns"),
            "protocol": protocol,
            "domain": domain,
            "uid": urlsafe_base64_encode(str(staff.pk).encode()),
            "token": default_token_generator.make_token(staff),
        }
        templates = ("registration/password_reset_subject.txt", "registration/password_reset_email.html")
        return _plain(mail, staff, templates, context)


def what_waits(mail: OutboxMail, staff: Any) -> EmailMultiAlternatives | None:
    """To a moderator who wants it each morning, unless nothing waits in the languages they read."""
    choice = DeskChoice.objects.filter(moderator=staff, wants_digest=True).first()
    may = _is_at_work(staff) and staff.has_perm("petitions.moderate_comment")
    parts = read_by(waiting_by_language(staff.pk), choice) if choice and may else []
    if not parts:
        return None
    with override(interface_language(mail.language)):
        yesterday = decisions_by_day(2).get(timezone.localdate() - timedelta(days=1))
        context = {
            "staff": staff,
            "parts": parts,
            "yours": together(parts),
            "yesterday": sum(yesterday.values()) if yesterday else 0,
            "url": absolute(reverse("admin:petitions_comment_desk")),
        }
        return _plain(mail, staff, ("admin/mail/waiting.subject.txt", "admin/mail/waiting.txt"), context)


def findings(mail: OutboxMail, staff: Any) -> EmailMultiAlternatives | None:
    """What stood out when this mail was written: both bear the same time."""
    found = list(TrendFinding.objects.filter(found_at=mail.created_at).select_related("petition"))
    if not (found and _is_at_work(staff)):
        return None
    with override(interface_language(mail.language)):
        page = absolute(reverse("admin:petitions_invalidation_add"))
        rows = [(finding, f"{page}?{urlencode(finding.criteria)}") for finding in found]
        context = {"rows": rows, "petitions": sorted({finding.petition.slug for finding in found})}
        templates = ("admin/petitions/findings_mail.subject.txt", "admin/petitions/findings_mail.txt")
        return _plain(mail, staff, templates, context)


TO_STAFF: dict[OutboxMail.Kind, Callable[[OutboxMail, Any], EmailMultiAlternatives | None]] = {
    OutboxMail.Kind.PASSWORD: password_link,
    OutboxMail.Kind.WAITING: what_waits,
    OutboxMail.Kind.FINDINGS: findings,
}


def _is_at_work(staff: Any) -> bool:
    return bool(staff.is_active and staff.is_staff and staff.email)


def _plain(mail: OutboxMail, staff: Any, templates: tuple[str, str], context: dict[str, Any]) -> EmailMultiAlternatives:
    subject, body = (render_to_string(template, context) for template in templates)
    return EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[staff.email],
        headers=headers(mail, interface_language(mail.language)),
    )
