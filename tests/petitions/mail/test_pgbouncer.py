"""Web and workers behind PgBouncer in transaction mode, where no session lasts longer than a statement."""

from contextlib import contextmanager

import pytest
from django.db import connection, connections
from django.urls import reverse

from petitions.links import token_for
from petitions.models import Count, OutboxMail, Signature

from ...factories import make_petition
from .pgbouncer import BINARY, pooling
from .smtp_sink import Sink, listening
from .worker_process import database_url, is_done, make_waiting, until, working

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(BINARY is None, reason="PgBouncer is not installed (Debian's package pgbouncer)"),
]


@pytest.fixture
def sink():
    return Sink()


@pytest.fixture
def smtp_port(sink):
    with listening(sink) as port:
        yield port


@pytest.fixture
def pool_port():
    with pooling() as port:
        yield port


@contextmanager
def web_through(port):
    """What is asked in this thread goes by the pool."""
    settings, own = connection.settings_dict, connection.settings_dict["PORT"]
    connections.close_all()
    settings |= {"PORT": str(port), "DISABLE_SERVER_SIDE_CURSORS": True}
    try:
        yield
    finally:
        connections.close_all()
        settings |= {"PORT": own, "DISABLE_SERVER_SIDE_CURSORS": False}


def pooled_worker(smtp_port, pool_port, log):
    return working(smtp_port, log, DATABASE_URL=database_url(pool_port), DATABASE_POOLED="true")


def test_two_workers_send_each_mail_once(sink, smtp_port, pool_port, tmp_path):
    mails = make_waiting(300)
    log = tmp_path / "worker.log"
    with pooled_worker(smtp_port, pool_port, log), pooled_worker(smtp_port, pool_port, log):
        until(is_done)
    assert sorted(sink.message_ids) == sorted(mails)
    assert "failed" not in log.read_text()


def test_signing_and_confirming_works(client, sink, smtp_port, pool_port, tmp_path):
    petition = make_petition()
    details = {
        "name": "Elena Marchi",
        "email": "elena@mail.example",
        "country": "IT",
        "city": "Milano",
        "visibility": "initial",
    }
    with pooled_worker(smtp_port, pool_port, tmp_path / "worker.log"):
        with web_through(pool_port):
            assert client.post(reverse("petitions:sign", args=[petition.slug]), details).status_code == 302
            confirm = reverse("petitions:signature-confirm", args=[token_for(Signature.objects.get())])
            assert client.post(confirm, {"seal": client.get(confirm).context["seal"]}).status_code == 302
        until(lambda: Count.objects.filter(dimension="total", count=1).exists(), seconds=10)
        until(lambda: not OutboxMail.objects.waiting().exists())
    assert [envelope.rcpt_tos for envelope in sink.envelopes] == [["elena@mail.example"]]
