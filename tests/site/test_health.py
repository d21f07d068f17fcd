"""Monitors learn whether the process lives and whether it can serve."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from campaign_site import health
from petitions import retention
from petitions.apps import duties_of_other_apps
from petitions.mail.health import SILENCE
from petitions.models import OutboxMail, RetentionRound, WorkerBeat

from ..factories import make_signature


class TestHealthz:
    def test_no_database_is_needed(self, client):
        assert client.get("/healthz").status_code == 200

    def test_probe_by_address_is_answered(self, client):
        assert client.get("/healthz", HTTP_HOST="10.1.2.3").status_code == 200


@pytest.mark.django_db
class TestReadyz:
    def test_migrated_database_is_ready(self, client):
        assert client.get("/readyz").json()["ready"] is True

    def test_unapplied_migrations_are_refused(self, client):
        MigrationRecorder(connection).record_unapplied("petitions", "0003_petition_may_pause")
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["unapplied_migrations"] == 1

    def test_migrations_of_a_later_release_are_fine(self, client):
        MigrationRecorder(connection).record_applied("petitions", "9999_of_a_later_release")
        assert client.get("/readyz").status_code == 200

    def test_files_of_migrations_are_read_once(self, client, monkeypatch):
        health.known_migrations()
        monkeypatch.setattr(health, "MigrationLoader", lambda *_: pytest.fail("read again"))
        assert client.get("/readyz").status_code == 200

    def test_clock_that_jumped_is_reported_and_not_refused(self, client):
        RetentionRound.objects.create(pk=1, at=timezone.now() - timedelta(days=40))
        retention.forget()
        response = client.get("/readyz")
        assert (response.status_code, response.json()["forgetting_is_refused"]) == (200, True)

    def test_lost_database_is_refused(self, client, monkeypatch):
        def lost():
            raise DatabaseError

        monkeypatch.setattr(connection, "cursor", lost)
        assert client.get("/readyz").status_code == 503

    def test_late_mail_is_reported_and_not_refused(self, client):
        OutboxMail.objects.create(
            kind="signed", signature=make_signature(), language="en", due_at=timezone.now() - timedelta(hours=1)
        )
        response = client.get("/readyz")
        assert response.status_code == 200
        assert response.json()["mail_is_late"] is True

    def test_mail_queued_just_now_cannot_be_told(self, client):
        before = client.get("/readyz").json()
        OutboxMail.objects.create(kind="signed", signature=make_signature(), language="en")
        assert client.get("/readyz").json() == before

    def test_failed_mail_is_reported(self, client):
        failed = {"state": "failed", "finished_at": timezone.now()}
        OutboxMail.objects.create(kind="signed", signature=make_signature(), language="en", **failed)
        assert client.get("/readyz").json()["mail_has_failed"] is True

    def test_worker_that_never_ran_is_reported(self, client):
        silent = client.get("/readyz").json()["silent_duties_of_the_worker"]
        assert silent == [*SILENCE, *duties_of_other_apps()]

    def test_worker_at_work_is_not_silent(self, client):
        for duty in (*SILENCE, *duties_of_other_apps()):
            WorkerBeat.objects.create(duty=duty)
        assert client.get("/readyz").json()["silent_duties_of_the_worker"] == []

    def test_database_that_takes_no_writes_is_not_ready(self, client):
        with connection.cursor() as cursor:
            cursor.execute("SET transaction_read_only = on")
            response = client.get("/readyz")
        assert (response.status_code, response.json()["database"]) == (503, "takes no writes")
