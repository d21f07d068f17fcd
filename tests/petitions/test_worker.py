"""The worker's duties, with mail handed to a real SMTP server."""

import socket
import threading

import pytest
from aiosmtpd.controller import Controller
from django.db import connection, connections
from django.test import override_settings
from post_office.models import STATUS, Email

from petitions import signing, worker
from petitions.models import Count

from ..factories import make_petition, make_signature

pytestmark = pytest.mark.django_db(transaction=True)


class Sink:
    def __init__(self):
        self.envelopes = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.envelopes.append(envelope)
        return "250 taken"


@pytest.fixture
def smtp():
    sink = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    post_office = {
        "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"},
        "CELERY_ENABLED": False,
        "THREADS_PER_PROCESS": 2,
    }
    with override_settings(
        EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_USE_TLS=False, EMAIL_USE_SSL=False, POST_OFFICE=post_office
    ):
        yield sink
    controller.stop()


def test_queued_mail_reaches_the_server_once(smtp):
    petition = make_petition()
    signing.sign(petition, petition.text("en"), signing.SigningDetails(**DETAILS))
    worker.deliver_mail()
    worker.deliver_mail()
    assert [envelope.rcpt_tos for envelope in smtp.envelopes] == [["elena@mail.example"]]
    assert Email.objects.get().status == STATUS.sent


def test_mail_of_a_signing_that_failed_is_never_sent(smtp):
    petition = make_petition()
    with pytest.raises(Exception, match="too long"):
        signing.sign(petition, petition.text("en"), signing.SigningDetails(**(DETAILS | {"country": "too long"})))
    assert not Email.objects.exists()


def test_second_worker_stands_by_while_the_first_delivers(smtp):
    petition = make_petition()
    signing.sign(petition, petition.text("en"), signing.SigningDetails(**DETAILS))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [worker.MAIL_LOCK])
        answers = []

        def second_worker():
            answers.append(worker.deliver_mail())
            connections.close_all()

        thread = threading.Thread(target=second_worker)
        thread.start()
        thread.join()
        cursor.execute("SELECT pg_advisory_unlock(%s)", [worker.MAIL_LOCK])
    assert answers == [0]
    assert smtp.envelopes == []


def test_one_round_does_every_duty(smtp):
    petition = make_petition()
    signing.confirm(make_signature(petition, state="pending"))
    rounds = iter([False] * 6)
    worker.run(lambda: next(rounds, True), lambda seconds: None)
    assert Count.objects.get(dimension="total").count == 1


def test_broken_duty_does_not_stop_the_others(smtp, monkeypatch):
    monkeypatch.setattr(worker.counting, "roll_up", lambda: 1 / 0)
    petition = make_petition()
    signing.sign(petition, petition.text("en"), signing.SigningDetails(**DETAILS))
    rounds = iter([False] * 6)
    worker.run(lambda: next(rounds, True), lambda seconds: None)
    assert len(smtp.envelopes) == 1


def test_duty_with_more_to_do_goes_on_at_once(monkeypatch):
    left = [1, 1, 0, 0]
    duty = worker.Duty("forget", 600, lambda: left.pop(0), has_rounds=True)
    monkeypatch.setattr(worker, "duties", lambda is_stopping: [duty])
    rounds = iter([False] * 12)
    worker.run(lambda: next(rounds, True), lambda seconds: None)
    assert left == [0]


DETAILS = {
    "name": "Elena Marchi",
    "email": "elena@mail.example",
    "country": "IT",
    "city": "Milano",
    "language": "en",
    "visibility": "initial",
    "wants_updates": False,
}
