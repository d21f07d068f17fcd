"""Mail handed to a real SMTP server, and the worker's duties."""

import threading
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.contrib.auth.models import User
from django.db import DataError, connection
from django.test import override_settings
from django.utils import timezone

from petitions import personal_data, signing, worker
from petitions.apps import duties_of_other_apps
from petitions.mail import fan_out, outbox
from petitions.mail.sending import Outgoing
from petitions.mailing import finish, stop
from petitions.models import Count, OutboxMail, StaffAct, WorkerBeat

from ...factories import make_follower, make_mailing, make_petition, make_signature
from .smtp_sink import SMTP_SETTINGS, Sink, listening

pytestmark = pytest.mark.django_db(transaction=True)

LANGUAGES = ("en", "it", "ko")


@pytest.fixture
def smtp():
    sink = Sink()
    with listening(sink) as port, override_settings(EMAIL_PORT=port, **SMTP_SETTINGS):
        yield sink


@pytest.fixture
def outgoing():
    outgoing = Outgoing(senders=2)
    yield outgoing
    outgoing.close()


def sign(petition=None, **changes):
    petition = petition or make_petition()
    return signing.sign(petition, petition.text("en"), signing.SigningDetails(**(DETAILS | changes)))


def queue_until_done(mailing):
    while mailing.audiences.exclude(stage="done").exists():
        fan_out.queue_batch(3)
    connection.close()


def body_of(envelope):
    return message_from_bytes(envelope.content, policy=policy.default).get_body(("plain",)).get_content()


def due_now():
    OutboxMail.objects.update(due_at=timezone.now())


class TestDeliver:
    def test_waiting_mail_reaches_the_server_once(self, smtp, outgoing):
        sign()
        assert [outgoing.deliver(), outgoing.deliver()] == [1, 0]
        assert [envelope.rcpt_tos for envelope in smtp.envelopes] == [["elena@mail.example"]]
        assert OutboxMail.objects.get().state == "sent"

    def test_mail_that_is_not_due_waits(self, smtp, outgoing):
        sign()
        OutboxMail.objects.update(due_at=timezone.now() + timedelta(hours=1))
        assert outgoing.deliver() == 0

    def test_mail_says_what_is_true_when_it_is_sent(self, smtp, outgoing):
        petition = make_petition()
        sign(petition)
        petition.texts.update(title="A title mended meanwhile")
        outgoing.deliver()
        text = message_from_bytes(smtp.envelopes[0].content, policy=policy.default).get_body(("plain",)).get_content()
        assert "A title mended meanwhile" in text

    def test_signer_who_withdrew_gets_nothing(self, smtp, outgoing):
        signing.withdraw(sign())
        outgoing.deliver()
        assert (smtp.envelopes, OutboxMail.objects.get().state) == ([], "dropped")

    def test_erased_signer_gets_nothing(self, smtp, outgoing):
        personal_data.erase(sign())
        assert outgoing.deliver() == 0

    def test_signing_that_failed_leaves_no_mail(self):
        petition = make_petition()
        with pytest.raises(DataError):
            sign(petition, country="too long", comment="Because.")
        sign(petition)
        assert OutboxMail.objects.count() == 1

    def test_form_sent_twice_at_once_makes_one_mail(self, smtp, outgoing):
        signature = sign()
        # The second statement began before the first was committed, and does not see its mail.
        OutboxMail.objects.create(kind="signed", signature=signature, language="en")
        outgoing.deliver()
        assert len(smtp.envelopes) == 1
        assert set(OutboxMail.objects.values_list("state", flat=True)) == {"sent", "dropped"}

    def test_mail_that_a_faster_sender_overtook_is_dropped(self, smtp, outgoing):
        signature = sign()
        OutboxMail.objects.create(
            kind="signed", signature=signature, language="en", state="sent", finished_at=timezone.now()
        )
        outgoing.deliver()
        assert smtp.envelopes == []

    def test_address_mended_while_its_mail_is_on_its_way_gets_another(self, smtp, outgoing):
        petition = make_petition()
        sign(petition, email="Elena@mail.example")
        (claim,) = outbox.claim(1)
        sign(petition, email="elena@mail.example")
        outbox.record_sent(claim)
        outgoing.deliver()
        assert [envelope.rcpt_tos for envelope in smtp.envelopes] == [["elena@mail.example"]]


class TestRefusals:
    def test_recipient_refused_for_good_has_failed(self, smtp, outgoing):
        smtp.rcpt_answer = "550 5.1.1 <elena@mail.example> unknown"
        sign()
        outgoing.deliver()
        mail = OutboxMail.objects.get()
        assert mail.state == "failed"
        assert "elena@" not in mail.last_error

    def test_recipient_refused_for_now_is_tried_again_later(self, smtp, outgoing):
        smtp.rcpt_answer = "451 4.7.1 come back later"
        sign()
        outgoing.deliver()
        assert OutboxMail.objects.get().due_at > timezone.now() + timedelta(seconds=30)
        smtp.rcpt_answer = "250 ok"
        due_now()
        outgoing.deliver()
        assert len(smtp.envelopes) == 1

    def test_after_three_days_of_trying_a_mail_has_failed(self, smtp, outgoing):
        smtp.rcpt_answer = "451 4.7.1 come back later"
        sign()
        for _ in range(len(outbox.PAUSES) + 1):
            due_now()
            outgoing.deliver()
        assert OutboxMail.objects.get().state == "failed"
        assert timedelta(days=2.5) < sum(outbox.PAUSES, timedelta()) < timedelta(days=3.5)

    def test_poisoned_mail_does_not_stop_the_others(self, smtp, outgoing):
        poisoned = sign()
        OutboxMail.objects.update(kind="nonsense")
        sign(poisoned.petition, email="ugo@mail.example")
        outgoing.deliver()
        assert [envelope.rcpt_tos for envelope in smtp.envelopes] == [["ugo@mail.example"]]
        assert OutboxMail.objects.get(signature=poisoned).state == "waiting"


class TestServerAway:
    def test_no_attempt_is_counted_and_the_circuit_opens(self, outgoing):
        with override_settings(EMAIL_PORT=1, **SMTP_SETTINGS):
            sign()
            outgoing.deliver()
        mail = OutboxMail.objects.get()
        assert (mail.state, mail.attempts, mail.claimed_until) == ("waiting", 0, None)
        assert outgoing.circuit.is_open

    def test_one_line_tells_of_it(self, outgoing, caplog):
        with override_settings(EMAIL_PORT=1, **SMTP_SETTINGS):
            petition = make_petition()
            for number in range(5):
                sign(petition, email=f"s{number}@mail.example")
            for _ in range(3):
                outgoing.circuit.opens_at = 0.0
                outgoing.deliver()
        assert len([record for record in caplog.records if "away" in record.message]) == 1

    def test_server_that_is_back_gets_everything(self, smtp, outgoing):
        petition = make_petition()
        for number in range(3):
            sign(petition, email=f"s{number}@mail.example")
        with override_settings(EMAIL_PORT=1):
            outgoing.deliver()
        for _ in range(3):
            outgoing.circuit.opens_at = 0.0
            outgoing.deliver()
        assert len(smtp.envelopes) == 3


class TestMailing:
    def test_thirty_people_get_it_once_in_their_language(self, smtp, outgoing):
        petition, other = (make_petition(slug, languages=LANGUAGES) for slug in ("one", "two"))
        mailing = make_mailing(petition, other, languages=LANGUAGES, spread_hours=0)
        for number in range(30):
            person = {"email": f"s{number}@mail.example", "language": LANGUAGES[number % 3], "wants_updates": True}
            make_signature(petition, **person)
            make_signature(other, **person)
        make_signature(petition, email="quiet@mail.example")
        make_follower(petition, "s0@mail.example", confirmed_at=timezone.now())
        while any([fan_out.queue_batch(7), outgoing.deliver()]):
            pass
        got = {envelope.rcpt_tos[0]: body_of(envelope) for envelope in smtp.envelopes}
        assert len(smtp.envelopes) == len(got) == 30
        for number in range(30):
            assert f"Good news. ({LANGUAGES[number % 3]})" in got[f"s{number}@mail.example"]
        finish()
        mailing.refresh_from_db()
        assert (mailing.state, mailing.queued_count) == ("done", 30)

    def test_two_workers_at_once_queue_everybody_once(self):
        petition = make_petition()
        mailing = make_mailing(petition)
        for _number in range(20):
            make_signature(petition, wants_updates=True)
        workers = [threading.Thread(target=queue_until_done, args=(mailing,)) for _ in range(2)]
        for thread in workers:
            thread.start()
        for thread in workers:
            thread.join()
        mailing.refresh_from_db()
        assert (OutboxMail.objects.count(), mailing.queued_count) == (20, 20)

    def test_stopped_half_way_it_reaches_the_others_no_more(self, smtp, outgoing):
        petition = make_petition()
        mailing = make_mailing(petition, spread_hours=0)
        for _number in range(4):
            make_signature(petition, wants_updates=True)
        fan_out.queue_batch(2)
        outgoing.deliver()
        stop(mailing, User.objects.create_user("organizer"))
        while any([fan_out.queue_batch(), outgoing.deliver()]):
            pass
        assert len(smtp.envelopes) == 2


class TestClaims:
    def test_mail_is_claimed_by_one_worker(self):
        sign()
        assert [len(outbox.claim(10)), len(outbox.claim(10))] == [1, 0]

    def test_claim_whose_lease_is_over_is_taken_over(self):
        sign()
        outbox.claim(10)
        OutboxMail.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
        assert len(outbox.claim(10)) == 1

    def test_result_of_a_lease_that_is_over_changes_nothing(self):
        sign()
        (late,) = outbox.claim(10)
        OutboxMail.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
        outbox.claim(10)
        outbox.record_refused(late, "late")
        assert OutboxMail.objects.get().state == "waiting"

    def test_failed_mail_can_be_sent_again_and_the_log_says_who_did(self):
        sign()
        OutboxMail.objects.update(state="failed", finished_at=timezone.now())
        assert outbox.send_again(OutboxMail.objects.all(), User.objects.create_user("organizer")) == 1
        assert OutboxMail.objects.get().state == "waiting"
        assert StaffAct.objects.get().verb == "send again"


class TestWorker:
    def test_one_round_does_every_duty_and_says_so(self, smtp):
        signing.confirm(make_signature(state="pending"))
        stopping = threading.Event()
        threading.Timer(2, stopping.set).start()
        worker.run(stopping.is_set, stopping.wait)
        assert Count.objects.get(dimension="total").count == 1
        assert set(WorkerBeat.objects.values_list("duty", flat=True)) == {
            *("mail", "count", "acts", "places", "close", "news", "languages", "likeness", "digest"),
            *("invalidations", "trends", "findings", "forget", "uploads", "ledger"),
            *duties_of_other_apps(),
        }

    def test_broken_duty_does_not_stop_the_others(self):
        done = []
        todo = [worker.Duty("broken", 0, lambda: 1 / 0), worker.Duty("whole", 0, lambda: done.append(1) or 0)]
        rounds = iter([False] * 6)
        worker.run_duties(todo, lambda: next(rounds, True), lambda seconds: None)
        assert done


DETAILS = {
    "name": "Elena Marchi",
    "email": "elena@mail.example",
    "country": "IT",
    "city": "Milano",
    "language": "en",
    "visibility": "initial",
    "wants_updates": False,
}
