"""One author in Korean, from the first words to the last, by the mails that arrive and the pages they lead to."""

import re
from email import message_from_bytes, policy

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from petitions import moderation
from petitions.mail.sending import Outgoing
from petitions.models import Comment, OutboxMail

from ..factories import make_petition, make_reason, seen
from .mail.smtp_sink import SMTP_SETTINGS, Sink, listening

pytestmark = pytest.mark.django_db(transaction=True)


class Author:
    """Reads the mails that came to the address, and presses what the pages offer."""

    def __init__(self, client, sink):
        self.client, self.sink, self.read = client, sink, 0

    def mail(self):
        """The words of the next mail, once it is due."""
        OutboxMail.objects.filter(state="waiting").update(due_at="2026-01-01T00:00Z")
        outgoing = Outgoing(senders=1)
        try:
            outgoing.deliver()
        finally:
            outgoing.close()
        assert len(self.sink.envelopes) == self.read + 1
        self.read += 1
        message = message_from_bytes(self.sink.envelopes[-1].content, policy=policy.default)
        assert message["Content-Language"] == "ko"
        return message.get_body(("plain",)).get_content()

    def follow(self, words, page):
        path = re.search(rf"http://localhost:8000(/ko/comments/\S+/{page}/)", words)[1]
        html = self.client.get(path).content.decode()
        assert '<html lang="ko"' in html
        return html

    def send(self, html, page, **data):
        action = re.search(rf'action="(/ko/comments/[^"]+/{page}/)"', html)[1]
        return self.client.post(action, data, follow=True).content.decode()


@pytest.fixture
def author(client):
    sink = Sink()
    with listening(sink) as port, override_settings(EMAIL_PORT=port, **SMTP_SETTINGS):
        yield Author(client, sink)


def decide(verb, actor, **said):
    assert moderation.decide(verb, seen(Comment.objects.all()), actor, **said)


def test_author_gets_the_reason_resubmits_objects_and_is_shown(author):
    make_petition(languages=("en", "ko"))
    # Without their roles: other tests empty the tables, and no verb asks for them.
    anna, bruno = User.objects.create_user("anna"), User.objects.create_user("bruno")
    insult = make_reason()
    insult.texts.get_or_create(language="ko", defaults={"title": "비하하는 내용", "sentence": "싣지 않습니다."})

    said = {"name": "박지현", "email": "jihyun@mail.example", "text": "나쁜 도시입니다.", "leave_empty": ""}
    author.client.post("/ko/petitions/clean-air/comments/", said)
    author.send(author.follow(author.mail(), "confirm"), "confirm")

    decide("reject", anna, reason=insult)
    told = author.mail()
    assert insult.text("ko").title in told
    author.send(author.follow(told, "decision"), "resubmit", text="대구는 더 잘할 수 있습니다.")
    assert Comment.objects.get().state == "pending"

    decide("reject", anna, reason=insult)
    author.send(author.follow(author.mail(), "decision"), "object", words="누구도 비하하지 않았습니다.")
    assert moderation.approve(seen(Comment.objects.all()), anna) == []

    decide("approve", bruno)
    author.follow(author.mail(), "decision")
    assert "대구는 더 잘할 수 있습니다." in author.client.get("/ko/petitions/clean-air/comments/").content.decode()
