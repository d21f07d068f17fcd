"""Mailings: who gets one, once, and who may send it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from django.utils import timezone

from petitions import following, mailing, signing
from petitions.address_hashes import address_hash, address_hashes
from petitions.addresses import canonical_address
from petitions.mail import fan_out, outbox
from petitions.mail.rendering import rendered
from petitions.mailing import MailingRefusedError, MailingWords
from petitions.models import Mailing, OutboxMail, StaffAct, Suppression
from petitions.suppression import is_suppressed, suppress

from ..factories import make_follower, make_mailing, make_petition, make_signature
from ..outbox import waiting_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def petition():
    return make_petition(languages=("en", "it", "ko"))


@pytest.fixture
def organizer():
    return User.objects.create_user("organizer", email="organizer@staff.example")


def make_reader(petition, **fields):
    return make_signature(petition, **({"wants_updates": True} | fields))


def make_confirmed_follower(petition, email, **fields):
    return make_follower(petition, email, **({"confirmed_at": timezone.now()} | fields))


def queue_all(size=2):
    while fan_out.queue_batch(size):
        pass


def addresses():
    queue_all()
    return sorted(message.to[0] for message in waiting_mails())


def write(*petitions, about="update-1"):
    return mailing.write(about, "en", [MailingWords(petition.pk, "en", "News", "Good.") for petition in petitions])


class TestWhoGetsIt:
    def test_confirmed_signers_who_want_news_and_followers(self, petition):
        make_mailing(petition)
        make_reader(petition, email="signer@mail.example")
        make_signature(petition, email="quiet@mail.example")
        make_confirmed_follower(petition, "follower@mail.example")
        assert addresses() == ["follower@mail.example", "signer@mail.example"]

    @pytest.mark.parametrize("state", ["pending", "withdrawn", "invalidated"])
    def test_signature_that_does_not_count_gets_none(self, petition, state):
        make_mailing(petition)
        make_reader(petition, state=state)
        assert addresses() == []

    @pytest.mark.parametrize("fields", [{"confirmed_at": None}, {"stopped_at": timezone.now()}])
    def test_who_does_not_follow_gets_none(self, petition, fields):
        make_mailing(petition)
        make_confirmed_follower(petition, "follower@mail.example", **fields)
        assert addresses() == []

    def test_people_of_another_petition_get_none(self, petition):
        make_mailing(petition)
        make_reader(make_petition("other"))
        assert addresses() == []

    @pytest.mark.parametrize("reason", ["bounced", "complained"])
    def test_address_that_bounced_or_complained_gets_none(self, petition, reason):
        make_mailing(petition)
        suppress(None, make_reader(petition).canonical_email, Suppression.Reason(reason))
        queue_all()
        assert not OutboxMail.objects.exists()

    def test_mail_that_came_back_long_ago_is_forgiven(self, petition):
        make_mailing(petition)
        suppress(None, make_reader(petition).canonical_email, Suppression.Reason.BOUNCED)
        Suppression.objects.update(created_at=timezone.now() - timedelta(days=31))
        assert len(addresses()) == 1

    def test_stop_of_one_petition_leaves_another(self, petition):
        other = make_petition("other")
        make_mailing(petition, other)
        make_reader(petition, email="elena@mail.example")
        make_reader(other, email="elena@mail.example")
        suppress(petition, "elena@mail.example", Suppression.Reason.STOPPED)
        queue_all()
        assert OutboxMail.objects.get().signature.petition == other

    def test_database_knows_suppressed_addresses_as_python_does(self, petition):
        for number, reason in enumerate(Suppression.Reason):
            for about in (petition, None):
                suppress(about, make_reader(petition, email=f"{number}{about}@mail.example").canonical_email, reason)
        allowed = [
            signature
            for signature in petition.signatures.all()
            if not is_suppressed(petition, signature.canonical_email)
        ]
        make_mailing(petition)
        queue_all()
        assert {mail.signature for mail in OutboxMail.objects.all()} == set(allowed)

    @override_settings(LASTING_KEY="é" * 50)
    def test_database_hashes_addresses_as_python_does(self, petition):
        signature = make_reader(petition, email="élena+news@straße.example")
        make_mailing(petition)
        queue_all()
        assert OutboxMail.objects.get().address_key.hex == address_hash(signature.canonical_email)[:32]

    @override_settings(LASTING_KEY="a" * 50, SECRET_KEY="b" * 50, SECRET_KEY_FALLBACKS=["c" * 50])
    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_address_stopped_under_any_key_gets_none(self, petition, place):
        signature = make_reader(petition)
        known = address_hashes(signature.canonical_email)[place]
        Suppression.objects.create(petition=petition, address_hash=known, reason="stopped")
        make_mailing(petition)
        queue_all()
        assert not OutboxMail.objects.exists()
        assert fan_out.count_recipients("update-x", [petition.pk]) == {}


class TestOnce:
    def test_who_signed_and_follows_several_petitions_gets_one(self, petition):
        other = make_petition("other")
        make_mailing(petition, other)
        for each in (petition, other):
            make_reader(each, email="Elena+news@mail.example")
            make_confirmed_follower(each, "elena@mail.example")
        assert addresses() == ["Elena+news@mail.example"]

    def test_worker_that_begins_anew_queues_nobody_twice(self, petition):
        sent = make_mailing(petition)
        for number in range(5):
            make_reader(petition, email=f"s{number}@mail.example")
        fan_out.queue_batch(2)
        sent.audiences.update(queued_from=None)
        queue_all()
        assert OutboxMail.objects.count() == 5

    def test_batches_reach_everybody(self, petition):
        sent = make_mailing(petition)
        for number in range(5):
            make_reader(petition, email=f"s{number}@mail.example")
            make_confirmed_follower(petition, f"f{number}@mail.example")
        queue_all()
        sent.refresh_from_db()
        assert (OutboxMail.objects.count(), sent.queued_count) == (10, 10)

    def test_who_had_it_in_a_stopped_mailing_does_not_get_it_again(self, petition):
        stopped = make_mailing(petition)
        make_reader(petition, email="first@mail.example")
        queue_all()
        OutboxMail.objects.update(state="sent")
        Mailing.objects.filter(pk=stopped.pk).update(state="stopped")
        make_reader(petition, email="second@mail.example")
        make_mailing(petition, about=stopped.about)
        assert fan_out.count_recipients(stopped.about, [petition.pk]) == {"en": 1}
        assert addresses() == ["second@mail.example"]

    def test_mails_are_spread_over_the_hours(self, petition):
        sent = make_mailing(petition, spread_hours=4)
        for _number in range(40):
            make_reader(petition)
        queue_all()
        offsets = [(mail.due_at - sent.starts_at) / timedelta(hours=1) for mail in OutboxMail.objects.all()]
        assert 0 <= min(offsets) < 1
        assert 3 < max(offsets) <= 4


class TestCount:
    def test_it_counts_by_language_each_address_once(self, petition):
        other = make_petition("other")
        for each in (petition, other):
            make_reader(each, email="elena@mail.example", language="it")
        make_reader(petition, language="ko")
        make_confirmed_follower(petition, "follower@mail.example", language="ko")
        assert fan_out.count_recipients("update-1", [petition.pk, other.pk]) == {"ko": 2, "it": 1}

    def test_it_is_one_statement_beside_that_for_earlier_mailings(self, petition, django_assert_max_num_queries):
        with django_assert_max_num_queries(5):  # with savepoint and time limit
            fan_out.count_recipients("update-1", [petition.pk])


class TestWhenItIsSent:
    def mail(self, petition, **fields):
        make_mailing(petition, languages=("en", "it"))
        make_reader(petition, **fields)
        queue_all()
        return OutboxMail.objects.get()

    @pytest.mark.parametrize(("language", "text"), [("it", "(it)"), ("it-CH", "(it)"), ("ko", "(en)"), ("de", "(en)")])
    def test_it_speaks_the_readers_language_or_the_source_language(self, petition, language, text):
        assert text in rendered(self.mail(petition, language=language)).body

    @pytest.mark.parametrize(
        "act",
        [signing.withdraw, signing.stop_mails, lambda signature: signing.change(signature, wants_updates=False)],
        ids=["withdrew", "stopped", "changed"],
    )
    def test_who_no_longer_wants_it_gets_nothing(self, petition, act):
        mail = self.mail(petition)
        act(mail.signature)
        assert rendered(OutboxMail.objects.get()) is None

    def test_who_stopped_following_gets_nothing(self, petition):
        make_mailing(petition)
        follower = make_confirmed_follower(petition, "follower@mail.example")
        queue_all()
        following.stop_following(follower)
        assert waiting_mails() == []

    def test_stopped_mailing_sends_nothing_more(self, petition, organizer):
        mail = self.mail(petition)
        mailing.stop(mail.mailing, organizer)
        assert rendered(OutboxMail.objects.get()) is None

    def test_one_click_leads_to_the_signers_own_stop(self, petition, client):
        mail = self.mail(petition)
        url = rendered(mail).extra_headers["List-Unsubscribe"].strip("<>").replace("http://localhost:8000", "")
        client.post(url, {"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"})
        mail.signature.refresh_from_db()
        assert mail.signature.wants_updates is False

    def test_one_click_stops_following(self, petition, client):
        make_mailing(petition)
        follower = make_confirmed_follower(petition, "follower@mail.example")
        queue_all()
        url = waiting_mails()[0].extra_headers["List-Unsubscribe"].strip("<>").replace("http://localhost:8000", "")
        client.post(url, {"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"})
        follower.refresh_from_db()
        assert not follower.is_following


class TestAsking:
    def test_few_people_need_one_yes(self, petition, organizer):
        make_reader(petition)
        draft = write(petition)
        mailing.ask(draft, organizer, hours=4)
        draft.refresh_from_db()
        assert (draft.state, draft.expected_count) == ("sending", 1)

    @override_settings(MAILING_SECOND_PERSON_ABOVE=0)
    def test_many_people_wait_for_a_second_person(self, petition, organizer):
        make_reader(petition)
        draft = write(petition)
        mailing.ask(draft, organizer, hours=4)
        queue_all()
        assert draft.state == "asked"
        assert not OutboxMail.objects.exists()

    @override_settings(MAILING_SECOND_PERSON_ABOVE=0)
    def test_who_asked_cannot_approve(self, petition, organizer):
        make_reader(petition)
        draft = write(petition)
        mailing.ask(draft, organizer, hours=4)
        with pytest.raises(MailingRefusedError):
            mailing.approve(draft, organizer)
        mailing.approve(draft, User.objects.create_user("second"))
        draft.refresh_from_db()
        assert (draft.state, draft.approved_by.username) == ("sending", "second")

    def test_button_pressed_twice_asks_once(self, petition, organizer):
        make_reader(petition)
        draft = write(petition)
        mailing.ask(draft, organizer, hours=4)
        with pytest.raises(MailingRefusedError):
            mailing.ask(Mailing.objects.get(), organizer, hours=4)

    def test_nothing_is_written_over_what_was_asked_for(self, petition, organizer):
        make_reader(petition)
        mailing.ask(write(petition), organizer, hours=4)
        with pytest.raises(MailingRefusedError):
            write(petition)

    def test_mailing_to_nobody_is_refused(self, petition, organizer):
        with pytest.raises(MailingRefusedError):
            mailing.ask(write(petition), organizer, hours=4)

    def test_after_a_month_nobody_knows_who_had_it(self, petition, organizer):
        make_reader(petition)
        make_mailing(petition, about="update-1", state="done", starts_at=timezone.now() - timedelta(days=31))
        with pytest.raises(MailingRefusedError):
            mailing.ask(write(petition), organizer, hours=4)

    def test_stopped_mailing_stays_stopped(self, petition, organizer):
        stopped = make_mailing(petition)
        mailing.stop(stopped, organizer)
        with pytest.raises(MailingRefusedError):
            mailing.approve(stopped, organizer)
        assert not fan_out.queue_batch()

    @override_settings(MAILING_SECOND_PERSON_ABOVE=0)
    def test_every_step_is_logged(self, petition, organizer):
        make_reader(petition)
        draft = write(petition)
        mailing.ask(draft, organizer, hours=4)
        mailing.approve(draft, User.objects.create_user("second"))
        mailing.stop(draft, organizer)
        verbs = StaffAct.objects.filter(object_kind="mailing").order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["ask to mail", "approve mailing", "stop mailing"]


class TestTrying:
    def test_test_mail_goes_to_oneself_in_each_language(self, petition, organizer):
        words = [MailingWords(petition.pk, language, f"News ({language})", "Good.") for language in ("en", "it")]
        assert mailing.send_test(mailing.write("update-1", "en", words), organizer) == 2
        english, italian = waiting_mails()
        assert english.to == italian.to == ["organizer@staff.example"]
        assert english.subject == "[Test] News (en)"
        assert italian.subject.endswith("News (it)")

    def test_account_without_address_is_told(self, petition):
        with pytest.raises(MailingRefusedError):
            mailing.send_test(write(petition), User.objects.create_user("nameless"))

    def test_trying_counts_nobody_as_reached(self, petition, organizer):
        make_reader(petition)
        draft = write(petition)
        mailing.send_test(draft, organizer)
        OutboxMail.objects.update(state="sent")
        mailing.ask(draft, organizer, hours=0)
        assert len(addresses()) == 1


class TestDone:
    def test_it_is_done_when_nothing_waits(self, petition):
        make_mailing(petition)
        make_reader(petition)
        queue_all()
        assert mailing.finish() == 0
        OutboxMail.objects.update(state="sent")
        assert mailing.finish() == 1
        assert Mailing.objects.get().state == "done"

    def test_it_is_not_done_before_everybody_is_queued(self, petition):
        make_mailing(petition)
        assert mailing.finish() == 0


def test_what_people_wait_for_is_claimed_before_news(petition):
    make_mailing(petition)
    make_reader(petition)
    queue_all()
    OutboxMail.objects.create(kind="signed", signature=make_signature(petition), language="en")
    own = OutboxMail.objects.latest("pk")
    OutboxMail.objects.update(due_at=timezone.now() - timedelta(hours=1))
    assert [claim.pk for claim in outbox.claim(1)] == [own.pk]


def test_address_key_is_of_the_canonical_address(petition):
    make_mailing(petition)
    make_reader(petition, email="Elena+tag@mail.example")
    queue_all()
    assert OutboxMail.objects.get().address_key.hex == address_hash(canonical_address("elena@mail.example"))[:32]
