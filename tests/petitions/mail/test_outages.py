"""Mail servers that are away, hang, break and refuse: everything arrives once they are back."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django.test import override_settings

from petitions.mail.sending import MOST_REFUSED_IN_A_ROW, Outgoing
from petitions.models import OutboxMail

from .smtp_sink import SMTP_SETTINGS, Sink, hanging, listening
from .worker_process import make_waiting

pytestmark = pytest.mark.django_db(transaction=True)

PROBES_A_DAY = 24 * 12


@pytest.fixture
def outgoing():
    outgoing = Outgoing()
    yield outgoing
    outgoing.close()


def mails_go_to(port, **changes):
    return override_settings(**(SMTP_SETTINGS | {"EMAIL_PORT": port} | changes))


def let_time_pass(outgoing, **time):
    outgoing.circuit.opens_at = 0.0
    moved = timedelta(**time)
    OutboxMail.objects.waiting().update(created_at=F("created_at") - moved, due_at=F("due_at") - moved)


def send_all(outgoing):
    for _ in range(200):
        outgoing.circuit.opens_at = 0.0
        outgoing.deliver()
        if not OutboxMail.objects.waiting().filter(due_at__lte=Now()).exists():
            return
    raise AssertionError("it did not come to its end")


class TestAway:
    def test_after_a_day_without_a_server_everything_arrives(self, outgoing, caplog):
        mails = make_waiting(200)
        with mails_go_to(port=1):
            for _ in range(PROBES_A_DAY):
                outgoing.deliver()
                let_time_pass(outgoing, minutes=5)
        assert set(OutboxMail.objects.values_list("state", "attempts")) == {("waiting", 0)}
        sink = Sink()
        with listening(sink) as port, mails_go_to(port):
            send_all(outgoing)
        assert sorted(sink.message_ids) == sorted(mails)
        lines = [record.message for record in caplog.records if record.name.startswith("petitions")]
        assert len(lines) == 2, lines

    def test_server_that_never_answers_opens_the_circuit(self, outgoing):
        make_waiting(10)
        with hanging() as port, mails_go_to(port, EMAIL_TIMEOUT=0.5):
            outgoing.deliver()
        assert outgoing.circuit.is_open
        assert set(OutboxMail.objects.values_list("state", "attempts", "claimed_until")) == {("waiting", 0, None)}

    def test_server_that_takes_few_connections_is_not_away(self, outgoing, caplog):
        mails = make_waiting(100)
        sink = Sink()
        sink.most_connections = 2
        with listening(sink) as port, mails_go_to(port):
            send_all(outgoing)
        assert sorted(sink.message_ids) == sorted(mails)
        assert "away" not in caplog.text

    @pytest.mark.parametrize("says_so", [True, False])
    def test_server_that_ends_connections_after_some_mails_is_not_away(self, outgoing, caplog, says_so):
        mails = make_waiting(50)
        sink = Sink()
        sink.says_that_it_ends = says_so
        sink.most_mails = 3
        with listening(sink) as port, mails_go_to(port):
            send_all(outgoing)
        assert sorted(sink.message_ids) == sorted(mails)
        assert "away" not in caplog.text


class TestQuota:
    def test_server_that_refuses_everything_loses_a_handful_of_mails(self, outgoing):
        mails = make_waiting(100)
        sink = Sink()
        sink.data_answer = "554 5.7.1 daily quota exceeded"
        with listening(sink) as port, mails_go_to(port):
            while not outgoing.circuit.is_open:
                outgoing.deliver()
            sink.data_answer = "250 taken"
            OutboxMail.objects.waiting().update(due_at=Now())
            send_all(outgoing)
        failed = OutboxMail.objects.failed().count()
        assert failed <= MOST_REFUSED_IN_A_ROW
        assert len(set(sink.message_ids)) == len(mails) - failed


class TestPoisoned:
    def test_poisoned_mails_stop_none_of_the_others(self, outgoing):
        mails = make_waiting(200)
        first, second, third = OutboxMail.objects.order_by("pk")[:3]
        OutboxMail.objects.filter(pk=first.pk).update(kind="nonsense")
        sink = Sink()
        refused = second.signature.email
        sink.rcpt_answer = lambda address: "550 unknown" if address == refused else "250 taken"
        sink.breaks_at = third.signature.email
        with listening(sink) as port, mails_go_to(port):
            send_all(outgoing)
        poisoned = {f"<{mail.message_id}@localhost>" for mail in (first, second, third)}
        assert sorted(sink.message_ids) == sorted(mails - poisoned)
        states = OutboxMail.objects.filter(pk__in=[first.pk, second.pk, third.pk]).order_by("pk")
        assert list(states.values_list("state", "attempts")) == [("waiting", 1), ("failed", 1), ("waiting", 1)]
