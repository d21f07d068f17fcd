"""What is forgotten in time, and what is kept."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from petitions import counting, following, lifecycle, personal_data, retention, signing
from petitions.models import Comment, Follower, OutboxMail, Petition, RetentionRound, Signature, Suppression
from petitions.suppression import is_suppressed

from ..factories import make_comment, make_follower, make_petition, make_signature

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=400)


def test_unconfirmed_signature_goes_after_its_time():
    make_signature(state="pending", signed_at=LONG_AGO)
    retention.forget()
    assert not Signature.objects.exists()


def test_recent_unconfirmed_signature_stays():
    make_signature(state="pending")
    retention.forget()
    assert Signature.objects.exists()


def test_unconfirmed_comment_goes_after_its_time():
    make_comment(state="pending", confirmed_at=None)
    Comment.objects.update(created_at=LONG_AGO)
    retention.forget()
    assert not Comment.objects.exists()


def test_unconfirmed_follower_goes_after_its_time():
    make_follower(make_petition())
    Follower.objects.update(asked_at=LONG_AGO)
    retention.forget()
    assert not Follower.objects.exists()


def test_finished_mail_goes_after_its_time_and_waiting_mail_stays():
    for signature in (make_signature(), make_signature(make_petition("other"))):
        OutboxMail.objects.create(kind="signed", signature=signature, language="en", created_at=LONG_AGO)
    OutboxMail.objects.filter(pk=OutboxMail.objects.last().pk).update(state="sent", finished_at=LONG_AGO)
    retention.forget()
    assert OutboxMail.objects.get().state == "waiting"


@pytest.mark.parametrize("mailed", [{"state": "waiting"}, {"state": "sent", "finished_at": timezone.now()}])
def test_unconfirmed_signature_is_kept_for_thirty_days_after_its_mail(mailed):
    signature = make_signature(state="pending", signed_at=LONG_AGO)
    OutboxMail.objects.create(kind="signed", signature=signature, language="en", **mailed)
    retention.forget()
    assert Signature.objects.exists()


def test_comment_address_goes_once_the_comment_was_decided():
    make_comment(decided_at=LONG_AGO)
    retention.forget()
    assert Comment.objects.get().email == ""


def test_closed_petition_keeps_places_and_forgets_people():
    petition = make_petition()
    signing.confirm(make_signature(petition, state="pending", name="Elena Marchi"))
    Petition.objects.update(status="closed", closed_at=LONG_AGO)
    retention.forget()
    signature = Signature.objects.get()
    assert "Elena" not in signature.name
    assert (signature.email, signature.city, signature.visibility) == ("", "Milano", "hidden")
    assert counting.recount() == []


def test_forgetting_twice_changes_nothing_more():
    make_signature(petition=make_petition(status="closed", closed_at=LONG_AGO))
    retention.forget()
    assert retention.forget() == 0


def address_signs_again(petition, email):
    details = signing.SigningDetails("Elena", email, "IT", "Milano", "en", "initial", False)
    return Signature.objects.get(pk=signing.sign(petition, petition.text("en"), details).pk)


def test_petition_is_marked_once_all_its_signatures_are_anonymous():
    petition = make_petition(status="closed", closed_at=LONG_AGO)
    make_signature(petition)
    retention.forget()
    petition.refresh_from_db()
    assert petition.anonymised_at is not None


def test_reopened_petition_is_looked_at_again():
    petition = make_petition(status="closed", closed_at=LONG_AGO)
    retention.forget()
    lifecycle.reopen(petition, None)
    petition.refresh_from_db()
    assert petition.anonymised_at is None


class TestRounds:
    @pytest.fixture(autouse=True)
    def small_batches(self, monkeypatch):
        monkeypatch.setattr(retention, "ROWS_A_BATCH", 2)

    def test_batches_go_on_until_nothing_is_due(self):
        petition = make_petition()
        for _ in range(5):
            make_signature(petition, state="pending", signed_at=LONG_AGO)
        assert retention.forget() == 5
        assert not Signature.objects.exists()

    def test_many_signatures_become_anonymous_batch_by_batch(self):
        petition = make_petition(status="closed", closed_at=LONG_AGO)
        for _ in range(5):
            make_signature(petition)
        retention.forget()
        assert not Signature.objects.filter(anonymised_at__isnull=True).exists()

    def test_round_that_broke_off_is_taken_up_where_it_stood(self):
        petition = make_petition(status="closed", closed_at=LONG_AGO)
        signatures = [make_signature(petition) for _ in range(5)]
        Signature.objects.filter(pk=signatures[2].pk).update(anonymised_at=LONG_AGO)
        retention.forget()
        assert not Signature.objects.exclude(email="").exclude(pk=signatures[2].pk).exists()

    def test_stopping_worker_ends_between_batches(self):
        petition = make_petition()
        for _ in range(5):
            make_signature(petition, state="pending", signed_at=LONG_AGO)
        asked = iter([False, False])  # the expired counts, of which there are none, and the mails
        assert retention.forget(lambda: next(asked, True)) == 0
        assert Signature.objects.count() == 5


class TestWhatOutlivesARow:
    def test_invalidated_and_never_confirmed_address_is_marked_when_it_signs_again(self):
        petition = make_petition()
        signature = make_signature(petition, state="invalidated", signed_at=LONG_AGO)
        retention.forget()
        assert address_signs_again(petition, signature.email).review_reason == "invalidated before"

    def test_invalidated_address_of_an_anonymous_signature_is_marked_when_it_signs_again(self):
        petition = make_petition(status="closed", closed_at=LONG_AGO)
        email = make_signature(petition, state="invalidated", confirmed_at=LONG_AGO).email
        retention.forget()
        lifecycle.reopen(petition, None)
        assert address_signs_again(petition, email).review_reason == "invalidated before"

    def test_address_that_wants_no_mail_gets_none_after_its_row_is_gone(self):
        petition = make_petition()
        signature = make_signature(petition, state="pending", signed_at=LONG_AGO, mails_stopped_at=LONG_AGO)
        retention.forget()
        assert is_suppressed(petition, signature.canonical_email)

    def test_ordinary_pending_signature_leaves_nothing(self):
        make_signature(state="pending", signed_at=LONG_AGO)
        retention.forget()
        assert not Suppression.objects.exists()

    @pytest.mark.parametrize("forgotten", ["erased", "forgotten"])
    def test_follower_who_was_typed_in_by_somebody_gets_no_mail_after_its_row_is_gone(self, forgotten):
        petition = make_petition()
        follower = make_follower(petition, email="a@mail.example", stopped_at=LONG_AGO)
        Suppression.objects.all().delete()
        if forgotten == "erased":
            personal_data.erase(make_signature(petition, email="a@mail.example"))
        else:
            retention.forget()
        assert not Follower.objects.exists()
        assert is_suppressed(petition, follower.canonical_email)


class TestFollowers:
    def test_follower_goes_half_a_year_after_closing(self):
        make_follower(make_petition(status="closed", closed_at=LONG_AGO), confirmed_at=LONG_AGO)
        retention.forget()
        assert not Follower.objects.exists()

    def test_follower_of_an_open_petition_stays(self):
        make_follower(make_petition(), confirmed_at=LONG_AGO)
        retention.forget()
        assert Follower.objects.exists()

    def test_new_follower_of_a_petition_closed_long_ago_stays(self):
        make_follower(make_petition(status="closed", closed_at=LONG_AGO), confirmed_at=timezone.now())
        retention.forget()
        assert Follower.objects.exists()

    def test_stopped_follower_goes_after_its_time(self):
        make_follower(make_petition(), confirmed_at=LONG_AGO, stopped_at=LONG_AGO)
        retention.forget()
        assert not Follower.objects.exists()

    def test_stopped_follower_who_asks_again_stays_until_the_new_link_is_old(self):
        petition = make_petition()
        make_follower(petition, email="a@mail.example", confirmed_at=LONG_AGO, stopped_at=LONG_AGO)
        following.follow(petition, email="a@mail.example", language="en")
        retention.forget()
        assert Follower.objects.exists()


class TestJumpingClock:
    @pytest.fixture(autouse=True)
    def pending(self):
        make_signature(state="pending", signed_at=LONG_AGO)

    def last_round(self, **ago):
        RetentionRound.objects.update_or_create(pk=1, defaults={"at": timezone.now() - timedelta(**ago)})

    def test_round_is_refused_after_a_jump(self):
        self.last_round(days=40)
        assert retention.forget() == 0
        assert Signature.objects.exists()

    def test_refusal_is_logged_once(self, caplog):
        self.last_round(days=40)
        with connection.cursor() as cursor:
            for _ in range(2):
                retention.forget()
                # One transaction is one moment for the database: the second round comes ten minutes later.
                cursor.execute("UPDATE petitions_retentionround SET refused_at = refused_at - interval '10 minutes'")
        assert len([line for line in caplog.messages if "manage.py forget --now" in line]) == 1

    def test_clock_set_right_again_is_believed(self):
        self.last_round(days=40)
        retention.forget()
        self.last_round(minutes=10)
        assert retention.forget() == 1
        assert not retention.is_refused()

    def test_weekend_without_a_worker_is_no_jump(self):
        self.last_round(days=2, hours=12)
        assert retention.forget() == 1

    def test_clock_put_back_is_no_jump(self):
        self.last_round(days=-40)
        retention.forget()
        assert not Signature.objects.exists()

    def test_command_says_how_to_go_on(self):
        self.last_round(days=40)
        with pytest.raises(CommandError, match="--now"):
            call_command("forget")

    def test_operator_who_says_now_is_believed(self):
        self.last_round(days=40)
        call_command("forget", "--now")
        assert not Signature.objects.exists()

    def test_clock_of_the_server_itself_is_not_asked(self, monkeypatch):
        make_signature(state="pending", petition=make_petition("other"))
        monkeypatch.setattr(timezone, "now", lambda: LONG_AGO + timedelta(days=4000))
        retention.forget()
        assert Signature.objects.count() == 1


@pytest.mark.parametrize(
    ("due", "index"),
    [
        (retention._unconfirmed_signatures, "signature_unconfirmed"),
        (retention._unconfirmed_comments, "comment_unconfirmed"),
        (lambda: retention._due_followers()[0], "follower_unconfirmed"),
        (lambda: retention._due_followers()[1], "follower_stopped"),
    ],
)
def test_what_is_due_is_found_by_its_index(due, index):
    petition = make_petition()
    others = [Comment(petition=petition, name="Ugo", text="x", confirmed_at=timezone.now()) for _ in range(300)]
    Comment.objects.bulk_create(others)
    for number in range(60):
        make_signature(petition, email=f"s{number}@mail.example")
        make_follower(petition, email=f"f{number}@mail.example", confirmed_at=timezone.now())
    with connection.cursor() as cursor:
        # Without rows and fresh numbers the planner takes whichever index, by what earlier tests left behind.
        cursor.execute("ANALYZE petitions_comment, petitions_signature, petitions_follower")
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in due().explain()
