"""Whoever asks to hear of replies is told once the public can read one."""

import pytest

from petitions import commenting, moderation, signing
from petitions.mail.outbox import MAILS_A_DAY
from petitions.mail.rendering import rendered
from petitions.models import Comment, OutboxMail

from ..factories import make_comment, make_petition, make_reason, make_signature, make_staff, seen
from ..outbox import send_all, waiting_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment():
    return make_comment(wants_replies=True, email="ugo@mail.example")


@pytest.fixture
def moderator():
    return make_staff()


def make_reply(comment, email="ada@mail.example", **fields):
    fields = {"state": "pending", "email": email, "canonical_email": email} | fields
    return make_comment(comment.petition, parent=comment, **fields)


def approve(moderator, *replies):
    moderation.approve(seen(Comment.objects.filter(pk__in=[reply.pk for reply in replies])), moderator)


class TestTelling:
    def test_author_is_told_when_a_reply_is_approved(self, comment, moderator):
        reply = make_reply(comment, text="Words of a stranger.")
        assert waiting_mails() == []
        approve(moderator, reply)
        (mail,) = waiting_mails()
        assert mail.to == ["ugo@mail.example"]
        assert f"#comment-{comment.pk}" in mail.body
        assert "stranger" not in mail.body

    def test_link_opens_the_comment_with_its_reply(self, comment, moderator, client):
        approve(moderator, make_reply(comment, text="I agree with all of it."))
        for _number in range(25):
            make_comment(comment.petition)
        link = next(word for word in waiting_mails()[0].body.split() if "#comment-" in word)
        assert "I agree with all of it." in client.get(link.replace("http://localhost:8000", "")).content.decode()

    def test_signer_is_told_at_the_signatures_address(self, moderator):
        signature = make_signature(email="elena@mail.example")
        comment = make_comment(signature.petition, signature=signature, wants_replies=True)
        approve(moderator, make_reply(comment))
        (mail,) = waiting_mails()
        assert mail.to == ["elena@mail.example"]
        assert "/signatures/" in mail.extra_headers["List-Unsubscribe"]

    def test_who_did_not_ask_is_not_told(self, moderator):
        approve(moderator, make_reply(make_comment()))
        assert not OutboxMail.objects.exists()

    def test_rejected_reply_is_not_told(self, comment, moderator):
        make_reply(comment)
        moderation.reject(seen(Comment.objects.filter(parent=comment)), moderator, reason=make_reason())
        assert not OutboxMail.objects.filter(kind="replied").exists()

    def test_restored_reply_is_told(self, comment, moderator):
        make_reply(comment, state="hidden")
        moderation.restore(seen(Comment.objects.filter(parent=comment)), moderator)
        assert len(waiting_mails()) == 1

    def test_own_reply_is_not_told(self, comment, moderator):
        approve(moderator, make_reply(comment, email="ugo@mail.example"))
        assert not OutboxMail.objects.exists()

    def test_own_reply_as_a_signer_is_not_told(self, comment, moderator):
        signature = make_signature(comment.petition, email="ugo@mail.example")
        approve(moderator, make_reply(comment, signature=signature))
        assert not OutboxMail.objects.exists()


class TestBounds:
    def test_several_replies_while_a_mail_waits_are_one_mail(self, comment, moderator):
        approve(moderator, make_reply(comment))
        approve(moderator, make_reply(comment), make_reply(comment))
        assert len(waiting_mails()) == 1

    def test_no_more_than_a_days_number(self, comment, moderator):
        for _number in range(MAILS_A_DAY + 2):
            approve(moderator, make_reply(comment))
            send_all()
        assert OutboxMail.objects.count() == MAILS_A_DAY


class TestWhenItIsSent:
    def test_reply_hidden_meanwhile_is_not_told(self, comment, moderator):
        reply = make_reply(comment)
        approve(moderator, reply)
        moderation.hide(seen(Comment.objects.filter(pk=reply.pk)), moderator, reason=make_reason())
        assert not rendered(OutboxMail.objects.select_related("comment").get(kind="replied"))

    def test_author_whose_comment_was_hidden_is_not_told(self, comment, moderator):
        approve(moderator, make_reply(comment))
        moderation.hide(seen(Comment.objects.filter(pk=comment.pk)), moderator, reason=make_reason())
        assert not rendered(OutboxMail.objects.select_related("comment").get(kind="replied"))

    def test_signer_who_withdrew_is_not_told(self, moderator):
        signature = make_signature()
        approve(moderator, make_reply(make_comment(signature.petition, signature=signature, wants_replies=True)))
        signing.withdraw(signature)
        assert waiting_mails() == []

    def test_one_click_stops_it(self, comment, moderator, client):
        approve(moderator, make_reply(comment))
        url = waiting_mails()[0].extra_headers["List-Unsubscribe"].strip("<>").replace("http://localhost:8000", "")
        client.post(url, {"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example"})
        assert waiting_mails() == []


class TestAsking:
    def test_commenter_asks_in_the_form(self, client):
        make_petition()
        form = {"name": "Ugo", "email": "ugo@mail.example", "text": "Yes.", "wants_replies": "on"}
        client.post("/en/petitions/clean-air/comments/", form)
        assert Comment.objects.get().wants_replies

    def test_signer_asks_on_the_own_page(self, client, site):
        client.post(site.personal()[0] + "comment/", {"text": "Because.", "wants_replies": "on"})
        assert Comment.objects.latest("pk").wants_replies

    def test_nobody_asks_by_default(self):
        assert not commenting.comment_signed(make_signature(), text="Because.", language="en").wants_replies
