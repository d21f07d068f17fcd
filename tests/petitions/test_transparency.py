"""The numbers of a half-year: exact, of nobody in particular, never of fewer than five."""

import csv
import io

import pytest
from django.core.cache import cache
from django.utils import timezone

from petitions import answering, moderation, reporting
from petitions.transparency import OTHER, Half, half_named, half_of, merged, numbers

from ..factories import make_comment, make_petition, make_reason, make_staff, seen, written_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def half():
    return half_of(timezone.now())


@pytest.fixture
def moderated():
    """Twelve received in two languages: six approved, five refused, one spam; one decision taken back."""
    petition, anna = make_petition(), make_staff("Moderators", "anna")
    rows = [
        make_comment(petition, state="pending", **written_in(language))
        for language in ("it",) * 6 + ("ko",) * 5 + ("fr",)
    ]
    moderation.approve(seen(rows[:6]), anna)
    moderation.reject(seen(rows[6:11]), anna, reason=make_reason())
    moderation.mark_spam(seen(rows[11:]), anna)
    return rows, anna


def sections(half):
    return {section.key: section for section in numbers(half).sections}


class TestMerging:
    @pytest.mark.parametrize(
        ("counts", "groups"),
        [
            ({}, []),
            ({"a": 9, "b": 5}, [("a", 9), ("b", 5)]),
            ({"a": 9, "b": 3, "c": 2}, [("a", 9), (OTHER, 5)]),
            ({"a": 9, "b": 6, "c": 2}, [("a", 9), (OTHER, 8)]),
            ({"a": 2, "b": 1}, [(OTHER, None)]),
            ({"a": 4}, [(OTHER, None)]),
        ],
    )
    def test_groups_of_fewer_than_five_go_together(self, counts, groups):
        assert merged(counts) == groups


class TestNumbers:
    def test_decisions_are_counted_by_what_and_why(self, half, moderated):
        told = sections(half)
        assert told["received_by_language"].groups == [("it", 6), (OTHER, 6)]
        assert told["decided_by_decision"].total == 12
        assert told["decided_by_decision"].groups == [("approve", 6), ("reject", 5), ("spam", 1)]
        assert told["refused_by_reason"].groups == [("insult", 5)]
        assert told["decided_by_person_or_rule"].groups == [("person", 12)]
        assert numbers(half).median_seconds is not None

    def test_decision_that_was_taken_back_is_not_counted(self, half, moderated):
        _rows, anna = moderated
        moderation.undo(moderation.Decision.objects.latest("pk").pk, anna)
        told = sections(half)
        assert told["decided_by_decision"].total == 11
        assert told["taken_back"].groups == [("spam", 1)]

    def test_decisions_about_erased_comments_are_counted_on(self, half, moderated):
        rows, _anna = moderated
        rows[0].delete()
        assert sections(half)["decided_by_decision"].total == 12

    def test_objections_and_reports_are_counted_by_outcome(self, half, moderated):
        rows, _anna = moderated
        for row in rows[6:11]:
            row.refresh_from_db()
            answering.object_to_decision(row, "Why?")
        for number, row in enumerate(rows[:5]):
            reporting.report(row, make_reason(), network=f"192.0.{number}.0/24", language="en", email="")
        bruno = make_staff("Moderators", "bruno")
        for row in rows[6:11]:
            row.refresh_from_db()
        moderation.approve(seen(rows[6:11]), bruno)
        told = sections(half)
        assert told["objections_by_outcome"].groups == [("shown", 5)]
        assert told["reports_by_outcome"].groups == [("waiting", 5)]
        assert told["reports_by_reason"].groups == [("insult", 5)]

    def test_nothing_is_told_of_another_half_year(self, moderated, half):
        assert all(section.total == 0 for section in numbers(Half(half.year - 1, half.number)).sections)

    @pytest.mark.parametrize("number", [1, 3])
    def test_statements_do_not_grow_with_rows(self, half, number, django_assert_num_queries):
        anna, petition = make_staff("Moderators", "anna"), make_petition()
        moderation.approve(seen([make_comment(petition, state="pending") for _ in range(number)]), anna)
        with django_assert_num_queries(11):
            numbers(half)

    def test_numbers_are_made_once_an_hour(self, half, moderated, django_assert_num_queries):
        numbers(half)
        with django_assert_num_queries(0):
            numbers(half)


class TestPages:
    def test_page_tells_it_in_words(self, client, moderated, half):
        page = client.get(f"/en/transparency/{half}/").content.decode()
        assert "Speaks ill of a people or a city" in page
        assert "anna" not in page

    def test_page_without_a_half_year_answers(self, client):
        assert client.get("/en/transparency/").status_code == 200

    def test_few_are_said_to_be_few(self, client, half):
        make_comment(**written_in("ko"))
        assert "fewer than 5" in client.get(f"/en/transparency/{half}/").content.decode()

    def test_table_and_json_say_the_same(self, client, moderated, half):
        rows = list(csv.DictReader(io.StringIO(client.get(f"/en/transparency/{half}.csv").content.decode())))
        said = client.get(f"/en/transparency/{half}.json").json()
        assert {"half": str(half), "section": "refused_by_reason", "group": "insult", "count": "5"} in rows
        assert said["sections"]["refused_by_reason"] == {"total": 5, "groups": {"insult": 5}}
        assert {row["section"] for row in rows} == {*said["sections"], "median_seconds"}

    @pytest.mark.parametrize("name", ["1999-2", "9999-1", "2026-3", "x", "9" * 300, "2026-1-1", "２０２６-1"])
    @pytest.mark.parametrize("end", ["/", ".csv", ".json"])
    def test_half_year_that_there_is_not_is_not_found(self, client, name, end):
        cache.clear()
        assert client.get(f"/en/transparency/{name}{end}").status_code == 404
        assert half_named(name) is None
