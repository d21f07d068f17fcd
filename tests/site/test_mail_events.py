"""What Postmark and Mailgun report of mail, in the shapes that they post, and what strangers post instead."""

import hashlib
import hmac
from base64 import b64encode
from datetime import timedelta
from types import ModuleType

import pytest
from django.test import override_settings
from django.utils import timezone

from campaign_site import urls
from campaign_site.mail_events import mail_event_addresses
from petitions.mail.rendering import rendered
from petitions.models import OutboxMail, Suppression

from ..factories import make_petition, make_signature

pytestmark = pytest.mark.django_db

PASSWORD = "hook:a-long-password"
SIGNING_KEY = "a-key-of-mailgun"
NOT_ASCII = '{"signature": {"token": "é", "timestamp": "1", "signature": "1"}}'


class Provider:
    def __init__(self, client):
        self.client = client

    def posts(self, report, **headers):
        return self.client.post("/mail-events/", report, content_type="application/json", headers=headers)


@pytest.fixture
def reports_from(client):
    """Anymail's receiver of one provider, at the address where the site has it."""
    overrides = []

    def receiver(provider, **anymail):
        settings = override_settings(MAIL_PROVIDER=provider, ANYMAIL=anymail)
        settings.enable()
        overrides.append(settings)
        addresses = ModuleType("addresses")
        addresses.__dict__.update(urls.__dict__)
        addresses.urlpatterns = [*mail_event_addresses(), *urls.urlpatterns]  # type: ignore[attr-defined]
        settings = override_settings(ROOT_URLCONF=addresses)
        settings.enable()
        overrides.append(settings)
        return Provider(client)

    yield receiver
    for settings in reversed(overrides):
        settings.disable()


@pytest.fixture
def postmark(reports_from):
    return reports_from("postmark", WEBHOOK_SECRET=PASSWORD)


@pytest.fixture
def mailgun(reports_from):
    return reports_from("mailgun", MAILGUN_WEBHOOK_SIGNING_KEY=SIGNING_KEY)


@pytest.fixture
def sent(db):
    signature = make_signature(state="pending", email="elena@mail.example")
    return OutboxMail.objects.create(
        kind="signed", signature=signature, language="en", state="sent", finished_at=timezone.now()
    )


def authorized(password=PASSWORD):
    return {"authorization": "Basic " + b64encode(password.encode()).decode()}


def postmark_bounce(mail, **changes):
    return {
        "RecordType": "Bounce",
        "ID": 901542550,
        "Type": "HardBounce",
        "TypeCode": 1,
        "Name": "Hard bounce",
        "MessageID": "2706ee8a-737c-4285-b032-ccd317af53ed",
        "ServerID": 4901,
        "MessageStream": "outbound",
        "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": "elena@mail.example",
        "From": "noreply@site.example",
        "BouncedAt": f"{timezone.now():%Y-%m-%dT%H:%M:%S.%f}3Z",
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": "One step is left",
        "Metadata": {"outbox": str(mail.pk)},
    } | changes


def mailgun_report(mail, key=SIGNING_KEY, **event):
    token = "06c96bafc3f42a66b9edd546347a2fe18dc23461fe80dc52f0"
    signature = hmac.new(key.encode(), f"1534108637{token}".encode(), hashlib.sha256).hexdigest()
    return {
        "signature": {"timestamp": "1534108637", "token": token, "signature": signature},
        "event-data": {
            "id": "wbLqPyaLTrqnMqDRj1lPIA",
            "timestamp": timezone.now().timestamp(),
            "log-level": "error",
            "recipient": "elena@mail.example",
            "recipient-domain": "mail.example",
            "message": {"headers": {"message-id": f"{mail.message_id}@site.example", "to": "elena@mail.example"}},
            "user-variables": {"outbox": str(mail.pk)},
            "flags": {"is-routed": False, "is-authenticated": True, "is-system-test": False, "is-test-mode": False},
            "tags": [],
        }
        | event,
    }


MAILGUN_BOUNCE = {
    "event": "failed",
    "severity": "permanent",
    "reason": "bounce",
    "delivery-status": {"attempt-no": 1, "code": 550, "message": "No such user", "enhanced-code": "5.1.1"},
}


def known_reasons():
    return list(Suppression.objects.values_list("reason", flat=True))


class TestPostmark:
    def test_bounce_fails_the_mail_and_keeps_the_address_from_more(self, postmark, sent):
        assert postmark.posts(postmark_bounce(sent), **authorized()).status_code == 200
        sent.refresh_from_db()
        assert (sent.state, known_reasons()) == ("failed", ["bounced"])

    def test_complaint_keeps_the_address_from_more(self, postmark, sent):
        complaint = postmark_bounce(sent, RecordType="SpamComplaint", Type="SpamComplaint", TypeCode=512)
        postmark.posts(complaint, **authorized())
        assert known_reasons() == ["complained"]

    def test_delivery_and_passing_trouble_change_nothing(self, postmark, sent):
        delivery = {"RecordType": "Delivery", "Recipient": "elena@mail.example", "DeliveredAt": "2026-11-01T10:00:00Z"}
        transient = postmark_bounce(sent, Type="Transient", TypeCode=2)
        assert {postmark.posts(each, **authorized()).status_code for each in (delivery, transient)} == {200}
        sent.refresh_from_db()
        assert (sent.state, known_reasons()) == ("sent", [])

    @pytest.mark.parametrize("headers", [{}, authorized("hook:guessed"), {"authorization": "Basic !!"}])
    def test_report_without_the_password_is_refused_and_changes_nothing(self, postmark, sent, headers):
        assert 400 <= postmark.posts(postmark_bounce(sent), **headers).status_code < 500
        sent.refresh_from_db()
        assert (sent.state, known_reasons()) == ("sent", [])

    @pytest.mark.parametrize("body", ["", "{", "[]", "5", '{"RecordType": 5}', '{"BouncedAt": "yesterday"}', "\x00"])
    def test_unreadable_report_is_no_error_of_ours(self, postmark, body):
        assert postmark.posts(body, **authorized()).status_code in (200, 400)
        assert known_reasons() == []

    def test_report_of_an_unknown_mail_still_keeps_the_address_from_more(self, postmark, sent):
        for key in ("999999999", "9" * 400, "elena", None, ["1"]):
            report = postmark_bounce(sent, Metadata={"outbox": key})
            assert postmark.posts(report, **authorized()).status_code == 200
        sent.refresh_from_db()
        assert (sent.state, known_reasons()) == ("sent", ["bounced"])


class TestMailgun:
    def test_bounce_fails_the_mail_and_keeps_the_address_from_more(self, mailgun, sent):
        assert mailgun.posts(mailgun_report(sent, **MAILGUN_BOUNCE)).status_code == 200
        sent.refresh_from_db()
        assert (sent.state, known_reasons()) == ("failed", ["bounced"])

    def test_complaint_keeps_the_address_from_more(self, mailgun, sent):
        mailgun.posts(mailgun_report(sent, event="complained"))
        assert known_reasons() == ["complained"]

    def test_delivery_and_passing_trouble_change_nothing(self, mailgun, sent):
        mailgun.posts(mailgun_report(sent, event="delivered"))
        mailgun.posts(mailgun_report(sent, **(MAILGUN_BOUNCE | {"severity": "temporary"})))
        assert known_reasons() == []

    def test_report_told_again_changes_nothing_more(self, mailgun, sent):
        report = mailgun_report(sent, **MAILGUN_BOUNCE)
        mailgun.posts(report)
        Suppression.objects.update(created_at=timezone.now() - timedelta(days=20))
        before = Suppression.objects.get().created_at
        report["event-data"]["timestamp"] = before.timestamp()
        assert mailgun.posts(report).status_code == 200
        assert Suppression.objects.get().created_at == before

    def test_forged_report_is_refused_and_changes_nothing(self, mailgun, sent):
        assert 400 <= mailgun.posts(mailgun_report(sent, key="guessed", **MAILGUN_BOUNCE)).status_code < 500
        sent.refresh_from_db()
        assert (sent.state, known_reasons()) == ("sent", [])

    @pytest.mark.parametrize("body", ["", "{", "[]", "5", '{"signature": 5}', NOT_ASCII])
    def test_unreadable_report_is_refused(self, mailgun, body):
        assert mailgun.posts(body).status_code == 400


class TestAddress:
    @pytest.mark.parametrize(
        ("provider", "anymail"),
        [
            ("smtp", {"WEBHOOK_SECRET": PASSWORD}),
            ("postmark", {}),
            ("postmark", {"WEBHOOK_SECRET": ""}),
            ("postmark", {"MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY}),
            ("mailgun", {}),
            ("brevo", {"BREVO_API_KEY": "a-key"}),
        ],
    )
    def test_there_is_none_where_reports_could_be_forged(self, reports_from, sent, provider, anymail):
        answer = reports_from(provider, **anymail).posts(postmark_bounce(sent))
        assert (answer.status_code, known_reasons()) == (404, [])


class TestBouncedAddress:
    def test_it_gets_no_mail_of_any_petition_for_thirty_days(self, postmark, sent):
        other = make_signature(make_petition("clean-water"), state="pending", email="Elena@mail.example")
        mail = OutboxMail.objects.create(kind="signed", signature=other, language="en")
        postmark.posts(postmark_bounce(sent), **authorized())
        assert rendered(mail) is None
        Suppression.objects.update(created_at=timezone.now() - timedelta(days=29))
        assert rendered(mail) is None
        Suppression.objects.update(created_at=timezone.now() - timedelta(days=31))
        assert rendered(mail)

    def test_second_bounce_holds_thirty_days_again(self, postmark, sent):
        postmark.posts(postmark_bounce(sent), **authorized())
        Suppression.objects.update(created_at=timezone.now() - timedelta(days=31))
        postmark.posts(postmark_bounce(sent), **authorized())
        assert rendered(sent) is None

    def test_bounce_told_before_the_mail_is_recorded_fails_it_all_the_same(self, postmark, sent):
        OutboxMail.objects.update(state="waiting", finished_at=None, claimed_until=timezone.now())
        postmark.posts(postmark_bounce(sent), **authorized())
        sent.refresh_from_db()
        assert (sent.state, sent.claimed_until) == ("failed", None)
        assert sent.finished_at
