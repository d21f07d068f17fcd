"""An author learns why, and answers: other words once, one objection, at which somebody else looks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from petitions import answering, commenting, moderation, retention
from petitions.history import history_of
from petitions.links import token_for
from petitions.mail.rendering import rendered
from petitions.models import Answer, Comment, Decision, OutboxMail

from ..factories import make_comment, make_petition, make_reason, make_signature, make_staff, seen, written_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return make_staff("Moderators", "anna")


@pytest.fixture
def bruno():
    return make_staff("Moderators", "bruno")


@pytest.fixture
def comment():
    return make_comment(state="pending", text="나쁜 도시", language="ko", **written_in("ko"))


@pytest.fixture
def refused(comment, anna):
    return decide("reject", comment, anna)


def decide(verb, comment, actor, **said):
    comment.refresh_from_db()
    if verb in ("reject", "hide"):
        said.setdefault("reason", make_reason())
    assert moderation.decide(verb, seen([comment]), actor, **said) == [comment.pk]
    comment.refresh_from_db()
    return comment


def url(comment, page="decision", language="en"):
    return f"/{language}/comments/{token_for(comment)}/{page}/"


def mail_of(comment):
    mail = OutboxMail.objects.filter(comment=comment, kind="decided").latest("pk")
    message = rendered(mail)
    return message.body if message else None


def answer(kind="object", **fields):
    return Answer.objects.get(kind=kind, **fields)


class TestStatement:
    def test_author_is_told_what_and_which_rule_in_their_language(self, refused):
        words = mail_of(refused)
        assert "특정 민족이나 도시를 비하하는 내용" in words
        assert f"/ko/comments/{token_for(refused)}/decision/" in words

    def test_mail_waits_until_an_undo_has_had_its_chance(self, refused):
        mail = OutboxMail.objects.get(kind="decided")
        assert mail.due_at - mail.created_at >= answering.MAILED_AFTER - timedelta(seconds=1)

    def test_undone_decision_is_not_mailed(self, refused, anna):
        moderation.undo(Decision.objects.get().pk, anna)
        assert mail_of(refused) is None

    @pytest.mark.parametrize(("actor", "says"), [("anna", "A person decided this."), (None, "A rule decided this")])
    def test_mail_says_whether_a_person_or_a_rule_decided(self, request, actor, says):
        comment = make_comment(state="pending")
        decide("reject", comment, request.getfixturevalue(actor) if actor else None)
        assert says in mail_of(comment)

    def test_hidden_comment_is_said_to_be_no_longer_shown(self, anna):
        comment = make_comment()
        decide("hide", comment, anna)
        assert "it is no longer shown" in mail_of(comment)

    @pytest.mark.parametrize("verb", ["spam", "approve"])
    def test_spam_and_approval_are_not_mailed(self, comment, anna, verb):
        decide(verb, comment, anna)
        assert not OutboxMail.objects.filter(kind="decided").exists()

    def test_note_of_the_moderator_is_not_mailed(self, comment, anna):
        decide("reject", comment, anna, note="He does this every day.")
        assert "every day" not in mail_of(comment)

    def test_two_decisions_in_a_quarter_of_an_hour_are_one_mail(self, refused, anna):
        moderation.undo(Decision.objects.get().pk, anna)
        decide("reject", refused, anna, reason=make_reason("off-topic"))
        assert OutboxMail.objects.filter(kind="decided").count() == 1

    def test_who_was_told_that_it_is_not_shown_is_told_where_it_is_after_all(self, refused, anna):
        OutboxMail.objects.update(state="sent", finished_at=timezone.now())
        moderation.undo(Decision.objects.get().pk, anna)
        decide("approve", refused, anna)
        assert "/decision/" in mail_of(refused)
        assert OutboxMail.objects.filter(kind="decided").count() == 2

    def test_who_stopped_mails_gets_none(self, refused):
        commenting.stop_mails(refused)
        assert mail_of(refused) is None


class TestPage:
    def test_page_tells_why_in_the_readers_language(self, client, refused):
        assert "특정 민족이나 도시를 비하하는 내용" in client.get(url(refused, language="ko")).content.decode()

    def test_unconfirmed_comment_leads_to_its_confirmation(self, client):
        comment = make_comment(state="pending", confirmed_at=None)
        assert client.get(url(comment)).headers["Location"].endswith("/confirm/")

    @pytest.mark.parametrize("state", Comment.State.values)
    def test_every_state_has_a_page(self, client, state):
        assert client.get(url(make_comment(state=state))).status_code == 200

    def test_link_of_a_deleted_comment_says_what_to_do(self, client, refused):
        link = url(refused)
        refused.delete()
        assert client.get(link).status_code == 410

    def test_page_outlives_the_address(self, client, refused):
        Comment.objects.update(email="", canonical_email="")
        refused.refresh_from_db()
        assert "resubmit-text" in client.get(url(refused)).content.decode()

    @pytest.mark.parametrize(("page", "field"), [("resubmit", "text"), ("object", "words")])
    @pytest.mark.parametrize("words", ["", " \u200b ", "x" * 100_000])
    def test_nothing_and_too_much_are_refused_kindly(self, client, refused, page, field, words):
        answered = client.post(url(refused, page), {field: words})
        assert answered.status_code == 422
        assert "error-summary" in answered.content.decode()
        assert not Answer.objects.exists()

    def test_another_sites_page_answers_nothing(self, client, refused):
        headers = {"Sec-Fetch-Site": "cross-site"}
        assert client.post(url(refused, "object"), {"words": "No."}, headers=headers).status_code == 403


class TestResubmitting:
    def test_other_words_wait_as_if_they_were_new(self, client, refused):
        answered = client.post(url(refused, "resubmit"), {"text": "슬픈 도시"}, follow=True)
        assert "A moderator reads it as it stands now." in answered.content.decode()
        refused.refresh_from_db()
        assert (refused.text, refused.state, refused.written_in, refused.decided_at) == (
            "슬픈 도시",
            "pending",
            "",
            None,
        )
        assert answer("resubmit").words == "나쁜 도시"

    def test_same_words_are_not_sent_again(self, client, refused):
        assert client.post(url(refused, "resubmit"), {"text": refused.text}).status_code == 422

    def test_second_time_changes_nothing(self, client, refused, anna):
        client.post(url(refused, "resubmit"), {"text": "슬픈 도시"})
        decide("reject", refused, anna)
        client.post(url(refused, "resubmit"), {"text": "Once more"})
        refused.refresh_from_db()
        assert (refused.text, refused.state) == ("슬픈 도시", "rejected")

    def test_the_same_moderator_may_read_it(self, client, refused, anna):
        answering.resubmit(refused, "슬픈 도시")
        decide("approve", refused, anna)
        assert Comment.objects.visible().exists()

    @pytest.mark.parametrize("state", ["pending", "approved", "spam"])
    def test_comment_that_was_not_refused_is_not_resubmitted(self, client, state):
        comment = make_comment(state=state)
        assert client.post(url(comment, "resubmit"), {"text": "Other words"}).status_code == 302
        comment.refresh_from_db()
        assert (comment.text, comment.state) == ("Sisters can speak openly.", state)

    def test_resubmitted_comment_of_a_reader_is_not_shown_meanwhile(self, anna):
        comment = decide("hide", make_comment(), anna)
        answering.resubmit(comment, "Other words")
        assert not Comment.objects.visible().exists()


class TestObjecting:
    def test_another_moderator_than_the_first_decides(self, client, refused, anna, bruno):
        page = client.post(url(refused, "object"), {"words": "사실입니다"}, follow=True).content.decode()
        assert "Another moderator than before" in page
        refused.refresh_from_db()
        assert not Comment.objects.waiting().open_to(anna.pk).exists()
        assert moderation.approve(seen([refused]), anna) == []
        decide("approve", refused, bruno)
        assert answer().outcome.actor_name == "bruno"

    def test_author_is_told_that_it_is_shown(self, refused, bruno):
        answering.object_to_decision(refused, "Why?")
        decide("approve", refused, bruno)
        assert "/decision/" in mail_of(refused)
        assert Comment.objects.visible().exists()

    def test_author_is_told_that_it_stays(self, anna, bruno):
        comment = decide("reject", make_comment(state="pending"), anna)
        answering.object_to_decision(comment, "Why?")
        decide("reject", comment, bruno)
        assert "You objected, and another moderator has read your comment. It is still not shown." in mail_of(comment)

    def test_objection_is_made_once(self, refused, bruno):
        answering.object_to_decision(refused, "Why?")
        decide("reject", refused, bruno)
        with pytest.raises(answering.NotAnswerableError):
            answering.object_to_decision(refused, "But why?")

    def test_half_a_year_later_it_is_too_late(self, refused, monkeypatch):
        later = timezone.now() + timedelta(days=184)
        monkeypatch.setattr(timezone, "now", lambda: later)
        with pytest.raises(answering.NotAnswerableError):
            answering.object_to_decision(refused, "Why?")

    def test_against_a_rule_anybody_decides(self, anna):
        comment = decide("reject", make_comment(state="pending"), None)
        answering.object_to_decision(comment, "Why?")
        decide("approve", comment, anna)

    def test_undone_outcome_leaves_the_objection_waiting_for_others(self, refused, anna, bruno):
        answering.object_to_decision(refused, "Why?")
        decide("reject", refused, bruno)
        moderation.undo(Decision.objects.latest("pk").pk, bruno)
        refused.refresh_from_db()
        assert answer().outcome is None
        assert refused.state == "pending"
        assert not Comment.objects.waiting().open_to(anna.pk).exists()

    def test_first_moderator_does_not_get_it_by_a_second_opinion(self, refused, anna, bruno):
        answering.object_to_decision(refused, "Why?")
        refused.refresh_from_db()
        moderation.hold(seen([refused]), bruno)
        assert moderation.approve(seen([refused]), anna) == []
        assert not Comment.objects.waiting().open_to(anna.pk).exists()
        assert not Comment.objects.waiting().open_to(bruno.pk).exists()

    def test_no_rule_decides_it(self, refused):
        answering.object_to_decision(refused, "Why?")
        refused.refresh_from_db()
        assert moderation.approve(seen([refused]), None) == []

    def test_comment_whose_signature_was_withdrawn_is_not_objected_for(self, anna):
        signature = make_signature()
        comment = decide("reject", make_comment(signature.petition, state="pending", signature=signature), anna)
        signature.state = "withdrawn"
        signature.save()
        with pytest.raises(answering.NotAnswerableError):
            answering.object_to_decision(comment, "Why?")

    def test_moderators_read_it_in_the_history(self, refused):
        answering.object_to_decision(refused, "It is true.")
        assert [(event.who, event.why) for event in history_of(refused.pk)][-1] == ("the author", "It is true.")


class TestRetention:
    def test_address_stays_while_an_objection_waits(self, refused):
        answering.object_to_decision(refused, "Why?")
        retention.forget_comment_addresses()
        refused.refresh_from_db()
        assert refused.email

    def test_words_of_an_answer_go_half_a_year_after_its_outcome(self, refused, bruno):
        answering.object_to_decision(refused, "Why?")
        decide("reject", refused, bruno)
        assert retention.forget_what_was_said() == 0
        old = Decision.objects.create(
            comment_number=refused.pk,
            actor_id=0,
            by="rule",
            verb="approve",
            at=timezone.now() - timedelta(days=184),
            state_before="pending",
            state_after="approved",
        )
        Answer.objects.update(outcome=old)
        assert retention.forget_what_was_said() == 1
        assert answer().words == ""


@pytest.mark.parametrize("number", [1, 3])
def test_deciding_takes_as_many_statements_for_one_as_for_three(anna, number, django_assert_max_num_queries):
    petition = make_petition()
    rows = [make_comment(petition, state="pending") for _ in range(number)]
    with django_assert_max_num_queries(13):
        moderation.approve(seen(rows), anna)
