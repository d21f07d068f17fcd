"""Two moderators never have the same comment before them, on real connections."""

from datetime import timedelta

import pytest
from django.utils import timezone

from petitions import moderation
from petitions.desk import claims
from petitions.desk.claims import Scope
from petitions.models import Comment, CommentClaim

from ...factories import make_comment, make_petition, make_signature, make_staff, written_in
from ..test_signing_at_once import at_once


@pytest.fixture
def queue(db):
    petition = make_petition()
    return [make_comment(petition, state="pending", text=f"Words {number}.") for number in range(6)]


@pytest.fixture
def anna(db):
    return make_staff("Moderators", "anna")


@pytest.fixture
def ben(db):
    return make_staff("Moderators", "ben")


def held(moderator, scope=None, **where):
    return claims.take(moderator, scope or Scope(), **where).keys


def test_second_moderator_gets_what_the_first_does_not_hold(queue, anna, ben):
    assert held(anna) == [comment.pk for comment in queue[:4]]
    assert held(ben) == [comment.pk for comment in queue[4:]]


def test_whoever_looks_again_holds_the_same(queue, anna):
    assert held(anna) == held(anna)


def test_lease_that_is_over_leaves_the_comment_to_others(queue, anna, ben):
    held(anna)
    CommentClaim.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert held(ben) == [comment.pk for comment in queue[:4]]


def test_skipping_gives_back_what_was_held(queue, anna, ben):
    held(anna)
    held(anna, start=queue[2].pk)
    assert held(ben, size=2) == [queue[0].pk, queue[1].pk]


def test_one_of_each_text_comes_before_its_copies(anna):
    petition = make_petition()
    copies = [make_comment(petition, state="pending", words_hash=1) for _ in range(5)]
    other = make_comment(petition, state="pending", words_hash=2)
    assert held(anna, size=3) == [copies[0].pk, copies[1].pk, other.pk]


def test_leaving_gives_everything_back(queue, anna, ben):
    claims.give_back(anna, claims.take(anna, Scope()).until)
    assert held(ben)[0] == queue[0].pk


def test_leaving_an_older_page_keeps_what_a_newer_one_holds(queue, anna):
    older = claims.take(anna, Scope()).until
    held(anna)
    claims.give_back(anna, older)
    assert CommentClaim.objects.count() == 4


def test_only_languages_asked_for_are_taken(anna):
    petition = make_petition()
    rows = [make_comment(petition, state="pending", **written_in(tag)) for tag in ("ko", "it", "", "ko")]
    assert held(anna, Scope(["ko", ""])) == [rows[0].pk, rows[2].pk, rows[3].pk]


def test_comment_left_to_others_does_not_come_back(queue, anna, ben):
    moderation.hold({queue[0].pk: queue[0].as_seen}, anna)
    assert queue[0].pk not in held(anna)
    claims.give_back(anna, timezone.now() + claims.LEASE)
    assert held(ben)[0] == queue[0].pk


def test_comment_of_a_withdrawn_signature_is_not_taken(anna):
    signature = make_signature(state="withdrawn")
    make_comment(signature.petition, state="pending", signature=signature)
    assert held(anna) == []


def test_reported_comment_is_taken_and_an_approved_one_is_not(anna):
    petition = make_petition()
    make_comment(petition)
    reported = make_comment(petition, reported_at=timezone.now())
    assert held(anna) == [reported.pk]


def test_queue_afterwards_holds_what_a_rule_let_in(anna):
    petition = make_petition()
    make_comment(petition)
    unseen = make_comment(petition, unseen_since=timezone.now())
    assert held(anna, Scope(is_afterwards=True)) == [unseen.pk]


def test_one_before_is_the_nearest_older_one(queue, anna):
    assert claims.one_before(anna, Scope(), queue[2].pk) == queue[1].pk
    assert claims.one_before(anna, Scope(), queue[0].pk) is None


@pytest.mark.django_db(transaction=True)
def test_eight_moderators_at_once_never_hold_the_same():
    petition = make_petition()
    for number in range(40):
        make_comment(petition, state="pending", text=f"Words {number}.")
    moderators = [make_staff("Moderators", f"moderator{number}") for number in range(8)]

    def look_three_times(number):
        return [held(moderators[number]) for _turn in range(3)][-1]

    taken = [key for keys in at_once(look_three_times, 8) for key in keys]
    assert len(taken) == len(set(taken)) == Comment.objects.count() - 8
