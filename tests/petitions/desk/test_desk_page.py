"""The desk without a browser: what it shows, what its forms do, and that nobody's address is in it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from petitions import moderation
from petitions.desk.claims import Scope, take
from petitions.desk.clusters import look_at_new
from petitions.models import Comment, CommentClaim, Decision, DeskChoice, DomainRule, StaffAct, WatchedWord

from ...factories import make_comment, make_petition, make_reason, make_signature, make_staff, seen, written_in

pytestmark = pytest.mark.django_db
DESK = reverse("admin:petitions_comment_desk")
ALIKE = reverse("admin:petitions_comment_desk_alike")
LONG = "Nobody should travel to the city until it ends, say all whom I know in Milan."


@pytest.fixture
def anna():
    return make_staff("Moderators", "anna")


@pytest.fixture
def moderator(client, anna):
    client.force_login(anna)
    return client


@pytest.fixture
def ben():
    return make_staff("Moderators", "ben")


def waiting(petition=None, text="Sisters can speak openly.", **fields):
    return make_comment(petition, state="pending", text=text, **fields)


def form(comment, *members):
    """What the page carries of these comments."""
    shown = {f"seen-{each.pk}": each.as_seen for each in (comment, *members)}
    return {"comment": comment.pk, **shown} | ({"alike": "1", "member": [row.pk for row in members]} if members else {})


def press(client, verb, comment, *members, **more):
    return client.post(DESK, form(comment, *members) | {"decide": verb} | more, follow=True).content.decode()


def state_of(comment):
    return Comment.objects.get(pk=comment.pk).state


def page(client, query=""):
    return client.get(DESK + query).content.decode()


def shown_comment(html):
    found = re.search(r'<article class="one" data-comment="(\d+)"', html)
    return int(found[1]) if found else None


class TestShown:
    def test_oldest_waiting_comment_is_shown_first(self, moderator):
        petition = make_petition()
        first, second = waiting(petition), waiting(petition)
        html = page(moderator)
        assert shown_comment(html) == first.pk
        assert f'<template data-comment="{second.pk}">' in html

    def test_parent_of_a_reply_is_shown(self, moderator):
        petition = make_petition()
        waiting(petition, parent=make_comment(petition, text="Was it so?"))
        assert "Was it so?" in page(moderator)

    def test_what_the_author_wrote_before_is_shown_with_who_decided(self, moderator, ben):
        petition = make_petition()
        old = waiting(petition, text="My first words.")
        moderation.reject(seen([old]), ben, reason=make_reason())
        waiting(petition, text="My second words.")
        html = page(moderator)
        assert "My first words." in html
        assert "<bdi>ben</bdi>" in html
        assert "rejected before" in html

    def test_disposable_address_is_told_as_a_fact(self, moderator):
        DomainRule.objects.create(domain="hour.example", is_disposable=True)
        waiting(email="a@hour.example", canonical_email="a@hour.example")
        html = page(moderator)
        assert "disposable address" in html
        assert "hour.example" not in html

    def test_forgotten_address_is_not_called_the_first(self, moderator):
        waiting(email="", canonical_email="")
        assert "first comment" not in page(moderator)

    def test_words_are_escaped(self, moderator):
        waiting(text="<script>alert(1)</script> \u202e a@b.example")
        html = page(moderator)
        assert "<script>alert" not in html
        assert "<mark>a@b.example</mark>" in html

    def test_nothing_of_anybodys_address_is_on_the_page(self, moderator):
        petition = make_petition()
        signature = make_signature(petition, email="hidden1@secret.example")
        parent = make_comment(petition, signature=make_signature(petition, email="hidden2@secret.example"))
        mine = waiting(petition, text=LONG, signature=signature, parent=parent)
        waiting(petition, text=LONG, email="hidden3@secret.example", canonical_email="hidden3@secret.example")
        waiting(petition, signature=signature)
        look_at_new()
        for url in (DESK, f"{ALIKE}?of={mine.pk}", f"{ALIKE}?of={mine.pk}&author=1"):
            assert "secret.example" not in moderator.get(url).content.decode()

    def test_page_without_the_right_is_refused(self, client):
        user = make_staff("Moderators")
        user.groups.clear()
        user.user_permissions.add(*user.user_permissions.model.objects.filter(codename="view_comment"))
        client.force_login(user)
        for url in (DESK, ALIKE):
            assert client.get(url).status_code == 403

    @pytest.mark.parametrize(
        "query", ["?from=x", "?from=" + "9" * 30, "?language=%22%3E", "?language=xx-nonsense", "?queue=x", "?from=-1"]
    )
    def test_nonsense_in_the_address_shows_the_desk(self, moderator, query):
        comment = waiting()
        assert shown_comment(page(moderator, query)) == comment.pk

    @pytest.mark.parametrize("number", [1, 3])
    def test_statements_do_not_grow(self, moderator, number, django_assert_max_num_queries):
        for index in range(number):
            petition = make_petition(f"petition-{index}")
            signature = make_signature(petition, email="rosa@mail.example")
            parent = make_comment(petition, signature=make_signature(petition))
            for _ in range(number):
                waiting(petition, text=LONG, signature=signature, parent=parent, **written_in("it"))
        look_at_new()
        page(moderator)
        with django_assert_max_num_queries(19):
            page(moderator)


class TestLanguages:
    def test_only_what_the_moderator_reads_is_shown(self, moderator, anna):
        DeskChoice.objects.create(moderator=anna, languages="ko")
        petition = make_petition()
        waiting(petition, text="Basta così.", canonical_email="b@mail.example", **written_in("it"))
        korean = waiting(petition, **written_in("ko"))
        unsure = waiting(petition)
        html = page(moderator)
        assert shown_comment(html) == korean.pk
        assert f'<template data-comment="{unsure.pk}">' in html
        assert "Basta così." not in html

    def test_language_nobody_reads_today_says_so(self, moderator, anna):
        DeskChoice.objects.create(moderator=anna, languages="ko")
        waiting(**written_in("it"))
        assert "nobody reads it today" in page(moderator)

    def test_choice_is_kept(self, moderator, anna):
        moderator.post(DESK, {"choices": "1", "reads": ["ko", "it"], "wants_digest": "on"})
        choice = DeskChoice.objects.get(moderator=anna)
        assert (choice.languages, choice.has_keys, choice.wants_digest) == ("ko it", False, True)

    @pytest.mark.parametrize("reads", [["nonsense!"], ["x" * 1000], ["ko"] * 500])
    def test_nonsense_is_refused_with_words(self, moderator, anna, reads):
        answer = moderator.post(DESK, {"choices": "1", "reads": reads}, follow=True)
        assert answer.status_code == 200
        assert DeskChoice.objects.get(moderator=anna).languages == ""

    def test_language_of_a_comment_can_be_corrected(self, moderator):
        comment = waiting(**written_in("it"))
        moderator.post(DESK, {"comment": comment.pk, "correct": "fr"})
        assert Comment.objects.get().written_in == "fr"
        assert StaffAct.objects.get(verb="correct language").object_id == comment.pk


class TestDeciding:
    @pytest.mark.parametrize(("verb", "after"), [("approve", "approved"), ("reject", "rejected"), ("spam", "spam")])
    def test_button_decides(self, moderator, verb, after):
        comment = waiting()
        press(moderator, verb, comment, reason=make_reason().key)
        assert state_of(comment) == after

    def test_reason_that_was_not_asked_for_is_not_kept(self, moderator):
        press(moderator, "approve", waiting(), reason=make_reason().key)
        assert Decision.objects.get().reason is None

    def test_next_comment_follows(self, moderator):
        petition = make_petition()
        first, second = waiting(petition), waiting(petition)
        assert shown_comment(press(moderator, "approve", first)) == second.pk

    def test_rejecting_without_a_reason_asks_for_one(self, moderator):
        comment = waiting()
        assert "Choose a reason" in press(moderator, "reject", comment)
        assert state_of(comment) == "pending"

    def test_held_comment_goes_to_another_moderator(self, moderator, client, ben):
        comment = waiting()
        assert shown_comment(press(moderator, "hold", comment)) is None
        client.force_login(ben)
        assert shown_comment(page(client)) == comment.pk

    def test_reported_comment_stays_or_is_hidden(self, moderator):
        comment = make_comment(reported_at=timezone.now())
        html = page(moderator)
        assert 'value="hide"' in html
        assert 'value="reject"' not in html
        press(moderator, "hide", comment, reason=make_reason().key)
        assert state_of(comment) == "hidden"

    def test_cluster_is_decided_at_once(self, moderator):
        petition = make_petition()
        mine, other = waiting(petition, text=LONG), waiting(petition, text=LONG.upper())
        look_at_new()
        assert "Decide on all at once" in page(moderator)
        press(moderator, "approve", mine, other)
        assert state_of(mine) == state_of(other) == "approved"

    def test_cluster_is_undone_at_once(self, moderator):
        petition = make_petition()
        mine, other = waiting(petition, text=LONG), waiting(petition, text=LONG)
        html = press(moderator, "approve", mine, other)
        value = re.search(r'name="undo" value="([\d,]+)"', html)[1]
        moderator.post(DESK, {"undo": value})
        assert state_of(mine) == state_of(other) == "pending"

    def test_preview_decides_on_those_that_are_ticked(self, moderator):
        petition = make_petition()
        mine, ticked, unticked = (waiting(petition, text=LONG) for _ in range(3))
        look_at_new()
        html = moderator.get(f"{ALIKE}?of={mine.pk}").content.decode()
        assert html.count(LONG) == 3
        moderator.post(f"{ALIKE}?of={mine.pk}", form(mine, ticked) | {"decide": "approve"})
        assert [state_of(row) for row in (mine, ticked, unticked)] == ["approved", "approved", "pending"]

    def test_all_by_an_author_are_on_one_page(self, moderator):
        petition = make_petition()
        mine, other = waiting(petition, text="One."), waiting(petition, text="Another.")
        html = moderator.get(f"{ALIKE}?of={mine.pk}&author=1").content.decode()
        assert f'name="member" value="{other.pk}"' in html

    @pytest.mark.parametrize("query", ["", "?of=x", "?of=999999", "?of=" + "9" * 30])
    def test_preview_of_nothing_says_so(self, moderator, query):
        assert "This comment is gone." in moderator.get(ALIKE + query).content.decode()

    @pytest.mark.parametrize(
        "sent",
        [
            {"decide": "delete"},
            {"decide": "approve"},
            {"decide": "approve", "comment": "x"},
            {"decide": "approve", "comment": "9" * 5000},
            {"undo": "x,,9" + "9" * 5000},
            {"undo": "999999"},
            {"correct": "it", "comment": "999999"},
            {"correct": "x" * 100_000, "comment": "1"},
            {},
        ],
    )
    def test_forged_form_changes_nothing(self, moderator, sent):
        comment = waiting()
        assert moderator.post(DESK, sent, follow=True).status_code == 200
        assert state_of(comment) == "pending"


class TestTwo:
    def test_who_comes_second_is_told_who_decided_what(self, moderator, ben):
        comment = waiting()
        moderation.reject(seen([comment]), ben, reason=make_reason())
        html = press(moderator, "approve", comment)
        assert state_of(comment) == "rejected"
        assert f"#{comment.pk} was left as it is: “rejected”. Last decision: rejected, by ben on" in html

    def test_comment_before_another_moderator_is_left_to_them(self, moderator, ben):
        comment = waiting()
        take(ben, Scope())
        assert f"#{comment.pk} is before ben now" in press(moderator, "approve", comment)
        assert state_of(comment) == "pending"

    def test_erased_comment_is_said_to_be_gone(self, moderator):
        comment = waiting()
        Comment.objects.filter(pk=comment.pk).delete()
        comment.pk = comment.pk or 1
        assert "is gone" in press(moderator, "approve", comment)

    def test_words_changed_since_are_to_be_read_again(self, moderator):
        comment = waiting()
        Comment.objects.update(text="Other words.")
        assert "reads otherwise" in press(moderator, "approve", comment)
        assert state_of(comment) == "pending"

    def test_undo_after_somebody_elses_decision_says_whose(self, moderator, ben):
        comment = waiting()
        press(moderator, "reject", comment, reason=make_reason().key)
        first = Decision.objects.get()
        moderation.approve(seen([Comment.objects.get()]), ben)
        html = moderator.post(DESK, {"undo": str(first.pk)}, follow=True).content.decode()
        assert "Last decision: approved, by ben." in html
        assert state_of(comment) == "approved"

    def test_leaving_gives_back(self, moderator):
        waiting()
        until = re.search(r'data-until="([^"]+)"', page(moderator))[1]
        moderator.post(reverse("admin:petitions_comment_desk_leave"), {"until": until})
        assert not CommentClaim.objects.exists()

    @pytest.mark.parametrize("until", ["", "x", "2026-99-99", "9" * 5000])
    def test_leaving_with_nonsense_is_no_error(self, moderator, until):
        assert moderator.post(reverse("admin:petitions_comment_desk_leave"), {"until": until}).status_code == 204


def test_organizers_keep_the_list_of_words(client):
    client.force_login(make_staff("Organizers"))
    url = reverse("admin:petitions_watchedword_add")
    client.post(url, {"language": "", "words": "barbarians", "why": "insults a people"})
    assert WatchedWord.objects.get().words == "barbarians"
