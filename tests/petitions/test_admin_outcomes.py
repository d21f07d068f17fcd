"""What is said of an act over many rows: one message, however many they are."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from petitions.admin.outcomes import NAMED_AT_MOST
from petitions.models import Comment, OutboxMail, Signature

from ..factories import make_comment, make_petition, make_signature, make_staff

pytestmark = pytest.mark.django_db
MANY = 310


@pytest.fixture
def organizer(client):
    client.force_login(make_staff("Organizers"))
    return client


def copies(row, number):
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}
    for place in range(number):
        address = f"s{place}@mail.example"
        yield type(row)(**fields | ({"email": address, "canonical_email": address} if fields.get("email") else {}))


def many_comments(number=MANY):
    first = make_comment(make_petition(), state="pending")
    Comment.objects.bulk_create(copies(first, number - 1))
    return list(Comment.objects.select_related("signature"))


def press(client, verb, rows, **answers):
    url = reverse(f"admin:petitions_{rows[0]._meta.model_name}_changelist")
    chosen = {"action": verb, "index": 0, "_selected_action": [row.pk for row in rows]}
    return client.post(
        url, chosen | {f"seen-{row.pk}": row.as_seen for row in rows if hasattr(row, "as_seen")} | answers
    )


def said(response):
    """Levels and words."""
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def test_310_rows_decided_are_one_sentence(organizer):
    assert said(press(organizer, "approve", many_comments())) == [("success", "Approve: 310 comments.")]


def test_310_rows_left_alone_are_one_message_that_names_a_few(organizer):
    comments = many_comments()
    Comment.objects.filter(pk__in=[row.pk for row in comments[:300]]).update(state="rejected")
    ((level, words),) = said(press(organizer, "approve", comments))
    assert level == "warning"
    assert words.startswith(
        "Approve: 10 comments. 300 were left as they are. 300 are in a state that does not allow it."
    )
    assert words.count("<li>") == NAMED_AT_MOST


def test_each_reason_is_counted(organizer):
    comments = many_comments(4)
    Comment.objects.filter(pk=comments[0].pk).delete()
    Comment.objects.filter(pk=comments[1].pk).update(text="Other words.")
    Comment.objects.filter(pk=comments[2].pk).update(state="spam")
    ((_level, words),) = said(press(organizer, "approve", comments))
    assert "1 is gone. 1 reads otherwise by now. 1 is in a state" in words


def test_one_row_left_alone_is_named_without_a_list(organizer):
    comments = many_comments(3)
    Comment.objects.filter(pk=comments[0].pk).update(state="spam")
    ((_level, words),) = said(press(organizer, "approve", comments))
    assert "<ul>" not in words
    assert f"#{comments[0].pk} was left as it is: “spam”." in words


@pytest.mark.parametrize("verb", ["approve", "invalidate"])
def test_statements_do_not_grow_with_rows_left_alone(organizer, verb):
    def statements(number):
        Comment.objects.all().delete()
        Signature.objects.all().delete()
        petition = make_petition(f"petition-{number}")
        row = make_signature(petition) if verb == "invalidate" else make_comment(petition, state="pending")
        type(row).objects.bulk_create(copies(row, number - 1))
        rows = list(type(row).objects.all())
        type(row).objects.update(state="withdrawn" if verb == "invalidate" else "rejected")
        with CaptureQueriesContext(connection) as captured:
            press(organizer, verb, rows, reason="A robot")
        return len(captured)

    assert statements(310) == statements(NAMED_AT_MOST)


def test_mails_that_cannot_be_sent_again_are_a_warning(admin_client):
    mail = OutboxMail.objects.create(kind="signed", signature=make_signature(), language="en", state="sent")
    ((level, words),) = said(press(admin_client, "send_again", [mail]))
    assert (level, words) == ("warning", "1 was left as it is. Only failed mails can be sent again.")
