"""Readers report comments: nothing goes by a click, a swarm is harmless, and who asked is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from petitions import moderation, reporting, retention
from petitions.mail.rendering import rendered
from petitions.models import Comment, OutboxMail, Report

from ..factories import make_comment, make_petition, make_reason, make_staff, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return make_staff("Moderators", "anna")


@pytest.fixture
def comment():
    return make_comment()


def report(comment, network="192.0.2.0/24", key="insult", email="", **said):
    reason = make_reason(key) if key == "insult" else make_reason(key, is_illegal=True)
    reporting.report(comment, reason, network=network, language="en", email=email, **said)
    comment.refresh_from_db()


def send(client, comment, **said):
    data = {"reason": "insult", "explanation": "", "law": "", "email": "", "leave_empty": ""} | said
    return client.post(f"/en/comments/{comment.pk}/report/", data, follow=True)


def waits():
    return Comment.objects.waiting().exists()


class TestQueue:
    def test_three_networks_put_it_back_in_the_queue_and_it_stays_to_be_read(self, comment):
        for number in range(3):
            assert not waits()
            report(comment, f"192.0.{number}.0/24")
        assert waits()
        assert Comment.objects.visible().exists()

    def test_one_report_of_illegal_content_is_enough(self, comment):
        report(comment, key="illegal", law="Defamation", explanation="It names me.")
        assert waits()

    def test_one_network_counts_once_however_often_it_reports(self, comment):
        for _ in range(5):
            report(comment)
        assert not waits()
        assert Report.objects.count() == 1

    def test_swarm_leaves_a_bounded_number_of_rows(self, comment, monkeypatch):
        monkeypatch.setattr(reporting, "WAITING_AT_MOST", 4)
        for number in range(10):
            report(comment, f"192.0.{number}.0/24")
        assert Report.objects.count() == 4

    def test_kept_comment_is_not_put_back_by_those_who_reported_it_before(self, comment, anna):
        networks = [f"192.0.{number}.0/24" for number in range(3)]
        for network in networks:
            report(comment, network)
        moderation.approve(seen([comment]), anna)
        for network in networks:
            report(comment, network)
        assert not waits()

    @pytest.mark.parametrize("state", ["pending", "rejected", "hidden", "spam"])
    def test_what_nobody_reads_is_not_reported(self, state):
        with pytest.raises(reporting.NothingToReportError):
            report(make_comment(state=state))

    def test_network_is_not_the_same_at_two_comments(self, comment):
        report(comment)
        report(make_comment(comment.petition))
        assert len(set(Report.objects.values_list("network", flat=True))) == 2


class TestOutcome:
    @pytest.fixture
    def reported(self, comment):
        report(comment, key="illegal", law="§ 1", explanation="Pills", email="r@mail.example")
        return comment

    def told(self):
        message = rendered(OutboxMail.objects.get(kind="reported"))
        return message and message.body

    def test_hidden_reporter_is_told(self, reported, anna):
        moderation.hide(seen([reported]), anna, reason=make_reason())
        assert "it is no longer shown" in self.told()
        assert not waits()

    def test_kept_reporter_is_told_and_it_waits_no_more(self, reported, anna):
        moderation.approve(seen([reported]), anna)
        assert "so it stays" in self.told()
        assert not waits()
        assert Report.objects.get().outcome.verb == "approve"

    def test_undone_decision_waits_again_and_tells_nobody(self, reported, anna):
        moderation.hide(seen([reported]), anna, reason=make_reason())
        moderation.undo(Report.objects.get().outcome_id, anna)
        assert self.told() is None
        assert waits()
        assert Comment.objects.visible().exists()

    def test_mail_carries_no_word_of_the_report(self, reported, anna):
        moderation.approve(seen([reported]), anna)
        assert "Pills" not in self.told()

    def test_without_an_address_nobody_is_written_to(self, comment, anna):
        report(comment, key="illegal")
        moderation.approve(seen([comment]), anna)
        assert not OutboxMail.objects.filter(kind="reported").exists()

    def test_report_of_an_erased_comment_stays_as_a_number(self, reported):
        reported.delete()
        assert Report.objects.get().comment is None

    def test_approved_comment_that_nobody_reported_is_not_approved_again(self, comment, anna):
        assert moderation.approve(seen([comment]), anna) == []


class TestForm:
    def test_report_is_sent_without_an_account(self, client, comment):
        page = send(client, comment, explanation="It speaks ill of us.")
        assert "Thank you. A moderator decides" in page.content.decode()
        assert Report.objects.get().explanation == "It speaks ill of us."

    def test_page_shows_the_comment_and_the_reasons(self, client, comment):
        page = client.get(f"/it/comments/{comment.pk}/report/").content.decode()
        assert "Sisters can speak openly." in page
        assert "Parla male di un popolo o di una città" in page

    def test_list_of_comments_links_to_it(self, client, comment):
        page = client.get(f"/en/petitions/{comment.petition.slug}/comments/").content.decode()
        assert f'href="/en/comments/{comment.pk}/report/"' in page

    def test_illegal_asks_which_law_and_why(self, client, comment):
        page = send(client, comment, reason="illegal")
        assert page.status_code == 422
        assert page.content.decode().count("Please say it in a few words") == 4  # in the summary and at each field

    @pytest.mark.parametrize(
        "said",
        [
            {"reason": ""},
            {"reason": "made-up"},
            {"email": "no address"},
            {"explanation": "x" * 100_000},
            {"law": "x" * 100_000},
            {"leave_empty": "machine"},
        ],
        ids=lambda said: next(iter(said)),
    )
    def test_bad_input_is_refused_kindly(self, client, comment, said):
        page = send(client, comment, **said)
        assert page.status_code == 422
        assert "error-summary" in page.content.decode()
        assert not Report.objects.exists()

    def test_retired_reason_is_not_offered(self, client, comment):
        make_reason(is_retired=True)
        assert send(client, comment).status_code == 422

    @pytest.mark.parametrize("number", ["0", "4711", "x", "9" * 40, "-1", "%00"])
    def test_comment_that_is_not_shown_has_a_page_that_says_so(self, client, number):
        page = client.get(f"/en/comments/{number}/report/")
        assert page.status_code == 404

    def test_hidden_comment_has_a_page_that_says_so(self, client):
        page = client.get(f"/en/comments/{make_comment(state='hidden').pk}/report/")
        assert (page.status_code, "nothing to report" in page.content.decode()) == (404, True)

    def test_comment_of_a_draft_is_not_told_of(self, client):
        comment = make_comment(make_petition(status="draft"))
        assert client.get(f"/en/comments/{comment.pk}/report/").status_code == 404

    def test_too_many_from_one_network_are_asked_to_wait(self, client, comment):
        for _ in range(20):
            assert send(client, comment).status_code == 200
        assert send(client, comment).status_code == 429

    def test_another_sites_page_reports_nothing(self, client, comment):
        headers = {"Sec-Fetch-Site": "cross-site"}
        assert client.post(f"/en/comments/{comment.pk}/report/", {}, headers=headers).status_code == 403


class TestRetention:
    def aged(self, comment, settled_at=None, at=None):
        report(comment, email="r@mail.example", law="§ 1", explanation="Why")
        Report.objects.update(settled_at=settled_at, **({"at": at} if at else {}))

    def test_address_and_network_go_30_days_after_the_decision(self, comment):
        self.aged(comment, settled_at=timezone.now() - timedelta(days=31))
        assert retention.forget_reporters() == 1
        left = Report.objects.get()
        assert (left.email, left.canonical_email, left.network, left.law) == ("", "", "", "§ 1")

    def test_words_go_half_a_year_later(self, comment):
        long_ago = timezone.now() - timedelta(days=184)
        self.aged(comment, settled_at=long_ago, at=long_ago)
        assert retention.forget_what_was_said() == 1

    def test_report_at_which_nobody_had_to_look_goes_too(self, comment):
        self.aged(comment, at=timezone.now() - timedelta(days=184))
        assert (retention.forget_reporters(), retention.forget_what_was_said()) == (1, 1)

    def test_fresh_report_stays(self, comment):
        self.aged(comment, settled_at=timezone.now())
        assert (retention.forget_reporters(), retention.forget_what_was_said()) == (0, 0)
