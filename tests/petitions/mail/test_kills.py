"""The real worker, killed, stopped, frozen and cut off in the middle: no mail is lost, and none is doubled but
what was in flight.
"""

import signal
import time
from contextlib import contextmanager

import pytest
from django.db import connection

from petitions import signing
from petitions.mail.sending import SENDERS
from petitions.models import Count, OutboxMail

from ...factories import make_signature
from .smtp_sink import Sink, listening
from .worker_process import cut_connections, is_done, let_leases_run_out, make_waiting, until, working

pytestmark = pytest.mark.django_db(transaction=True)

MAILS = 140


@pytest.fixture
def sink():
    """Slow enough that something is in flight at every moment."""
    sink = Sink()
    sink.seconds = 0.01
    return sink


@pytest.fixture
def port(sink):
    with listening(sink) as port:
        yield port


@pytest.fixture
def log(tmp_path):
    return tmp_path / "worker.log"


def doubled(sink):
    return len(sink.message_ids) - len(set(sink.message_ids))


class TestStopping:
    def test_killed_worker_loses_nothing_and_doubles_what_was_in_flight(self, sink, port, log):
        mails = make_waiting(MAILS)
        with working(port, log) as worker:
            until(lambda: len(sink.envelopes) >= 45)
            worker.kill()
        let_leases_run_out()
        with working(port, log):
            until(is_done)
        assert set(sink.message_ids) == mails
        assert doubled(sink) <= SENDERS

    def test_stopped_worker_gives_back_what_it_did_not_begin_and_doubles_nothing(self, sink, port, log):
        mails = make_waiting(MAILS)
        with working(port, log) as worker:
            until(lambda: len(sink.envelopes) >= 45)
            assert worker.stop() < 5
        assert not OutboxMail.objects.exclude(claimed_until=None).exists()
        with working(port, log):
            until(is_done)
        assert sorted(sink.message_ids) == sorted(mails)

    def test_server_that_hangs_stops_neither_the_counting_nor_the_stopping(self, sink, port, log):
        make_waiting(60)
        with working(port, log) as worker:
            until(lambda: len(sink.envelopes) >= 10)
            sink.seconds = 3600
            signing.confirm(make_signature(OutboxMail.objects.first().signature.petition, state="pending"))
            until(lambda: Count.objects.filter(dimension="total", count=1).exists(), seconds=5)
            assert worker.stop() < 7
        # What is in flight may have been taken; all else was given back.
        assert OutboxMail.objects.exclude(claimed_until=None).count() <= SENDERS

    def test_frozen_worker_sends_at_most_what_was_in_flight_when_it_thaws(self, sink, port, log):
        mails = make_waiting(MAILS)
        with working(port, log) as frozen:
            until(lambda: len(sink.envelopes) >= 45)
            frozen.send_signal(signal.SIGSTOP)
            time.sleep(0.2)
            let_leases_run_out()
            with working(port, log):
                until(is_done)
                frozen.send_signal(signal.SIGCONT)
                assert frozen.stop() < 6
        assert set(sink.message_ids) == mails
        assert doubled(sink) <= SENDERS

    def test_two_workers_send_each_mail_once(self, sink, port, log):
        mails = make_waiting(500)
        sink.seconds = 0
        with working(port, log), working(port, log):
            until(is_done)
        assert sorted(sink.message_ids) == sorted(mails)


@contextmanager
def read_only_database():
    """For every session that begins now, as after a failover to a standby."""
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        try:
            cut_connections()
            yield
        finally:
            cursor.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')


@contextmanager
def full_disk(after_rows):
    """Writes to the outbox fail as they do on a full disk, once so many rows were written."""
    with connection.cursor() as cursor:
        cursor.execute(FULL_DISK_SQL, [after_rows])
        try:
            yield
        finally:
            cursor.execute("DROP FUNCTION full_disk() CASCADE; DROP SEQUENCE written_rows")


class TestDatabaseTrouble:
    def test_database_that_takes_no_writes_gets_nothing_sent(self, sink, port, log):
        make_waiting(20)
        with read_only_database(), working(port, log):
            until(lambda: log.read_text().count("takes no writes") >= 3)
            time.sleep(2)
        assert sink.envelopes == []
        # One line for each of the duties, not for each time they try.
        assert log.read_text().count("\n") <= 20

    def test_database_that_stops_taking_writes_doubles_nothing_in_a_worker_that_lives(self, sink, port, log):
        mails = make_waiting(MAILS)
        with working(port, log):
            until(lambda: len(sink.envelopes) >= 45)
            with read_only_database():
                until(lambda: "takes no writes" in log.read_text())
                sent = len(sink.envelopes)
                time.sleep(1)
                assert len(sink.envelopes) == sent
                assert sent - OutboxMail.objects.filter(state="sent").count() <= SENDERS
            until(is_done)
        assert sorted(sink.message_ids) == sorted(mails)

    def test_full_disk_doubles_what_was_in_flight_when_the_worker_is_killed_on_it(self, sink, port, log):
        mails = make_waiting(MAILS)
        # In the middle of recording the second batch.
        with full_disk(after_rows=100), working(port, log) as worker:
            until(lambda: "takes no writes" in log.read_text())
            time.sleep(1)
            assert len(sink.envelopes) - OutboxMail.objects.filter(state="sent").count() <= SENDERS
            worker.kill()
        let_leases_run_out()
        with working(port, log):
            until(is_done)
        assert set(sink.message_ids) == mails
        assert doubled(sink) <= SENDERS

    def test_cut_connections_neither_double_nor_stop(self, sink, port, log):
        mails = make_waiting(MAILS)
        with working(port, log):
            for share in (30, 60, 90):
                until(lambda share=share: len(sink.envelopes) >= share)
                cut_connections()
            until(is_done)
        assert set(sink.message_ids) == mails
        assert doubled(sink) <= SENDERS


FULL_DISK_SQL = """
    CREATE SEQUENCE written_rows;
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF nextval('written_rows') > TG_ARGV[0]::int THEN
            RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER full_disk BEFORE UPDATE ON petitions_outboxmail FOR EACH ROW EXECUTE FUNCTION full_disk('%s');
"""
