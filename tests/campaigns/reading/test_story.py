"""A story in sections: where pictures stand, and what is folded."""

import pytest

from campaigns.reading.story import minutes_to_read, told

LONG = "word " * 300


def texts(parts):
    return [(str(part.html).split("</h2>")[0].removeprefix("<h2>"), part.pictures) for part in parts]


def test_pictures_follow_the_sections_in_order():
    story = told("## One\n\na\n\n## Two\n\nb", ["first", "second"], [])
    assert texts(story.shown) == [("One", ["first"]), ("Two", ["second"])]


def test_pictures_left_over_stand_at_the_end():
    assert told("## One\n\na", ["first", "second"], ["graphic"]).shown[-1].pictures == ["first", "second", "graphic"]


def test_what_is_hard_to_look_at_stands_after_the_last_section():
    story = told("## One\n\na\n\n## Two\n\nb", [], ["graphic"])
    assert [part.pictures for part in story.shown] == [[], ["graphic"]]


def test_text_before_the_first_heading_belongs_to_the_first_section():
    assert len(told("Intro.\n\n## One\n\na\n\n## Two\n\nb", [], []).shown) == 2


def test_line_of_the_organizer_folds_what_follows():
    story = told("## One\n\na\n\n---\n\nmore\n\n## Two\n\nb", [], [])
    assert (len(story.shown), len(story.folded)) == (1, 1)
    assert story.folded_headings == ["Two"]
    assert "<hr" not in "".join(part.html for part in (*story.shown, *story.folded))


def test_line_before_everything_folds_nothing():
    story = told("---\n\n## One\n\na", [], [])
    assert (len(story.shown), story.folded) == (1, [])


def test_long_story_is_folded_after_two_sections():
    story = told(f"## One\n\na\n\n## Two\n\nb\n\n## Three\n\n{LONG}", [], [])
    assert (len(story.shown), story.folded_headings) == (2, ["Three"])


def test_short_rest_is_not_worth_folding():
    assert told("## One\n\na\n\n## Two\n\nb\n\n## Three\n\nc", [], []).folded == []


def test_story_without_headings_is_one_section():
    assert len(told(f"{LONG}\n\n{LONG}", [], []).shown) == 1


def test_pictures_without_a_story_are_shown():
    assert [part.pictures for part in told("", ["first"], []).shown] == [["first"]]


def test_nothing_told_is_nothing_shown():
    assert told("", [], []).shown == []


def test_heading_of_the_rest_is_plain_text():
    assert told(f"## One\n\na\n\n---\n\n## How *large* it is\n\n{LONG}", [], []).folded_headings == ["How large it is"]


@pytest.mark.parametrize(("text", "minutes"), [("", 1), ("word " * 400, 2), ("가" * 1500, 3)])
def test_time_to_read_counts_words_and_signs(text, minutes):
    assert minutes_to_read(text) == minutes
