"""Hints say what they saw and where; nothing is judged by them."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from petitions.desk.hints import hints_in, holds_personal_data, marked
from petitions.models import WatchedWord

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch():
    cache.clear()
    yield lambda words, **fields: WatchedWord.objects.create(words=words, **fields)
    cache.clear()


def whats(text, language=""):
    return [hint.what for hint in hints_in(text, language)]


def marks(text, language=""):
    return [text[start:end] for hint in hints_in(text, language) for start, end in hint.spans]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Write to kim.minji@naver.com now", "e-mail address"),
        ("His number is 010-1234-5678", "telephone number"),
        ("Call +39 347 123 4567 at night", "telephone number"),
        ("He lives in via Garibaldi 14, Milano", "postal address"),
        ("She lives at 221 Baker Street", "postal address"),
        ("Er wohnt in der Lindenstraße 5", "postal address"),
        ("그는 칠성로 12길 34에 산다", "postal address"),
        ("See https://shop.example/x", "link"),
        ("Look at cheap-pills.shop please", "link"),
        ("EVERYBODY SHOULD BE ASHAMED OF THIS", "capitals"),
        ("How can they!!!!!", "many signs"),
    ],
)
def test_what_strikes_the_eye_is_named(text, what):
    assert whats(text) == [what]


@pytest.mark.parametrize(
    "text",
    [
        "Sisters can speak openly. In 2016 there were 300.",
        "Milan e Daegu sono città gemelle dal 1998.",
        "칠성시장 근처에서 자랐습니다. 이제는 정말 끝났으면 좋겠습니다.",
        "NO!",
        "On 24 November 2026 we were 1,000,000.",
    ],
)
def test_plain_words_give_no_hint(text):
    assert hints_in(text) == []


def test_personal_data_of_somebody_is_told_from_a_link():
    assert holds_personal_data("Call him: 053-803-0114")
    assert not holds_personal_data("See https://shop.example/")


class TestWatchedWords:
    def test_word_is_found_in_any_capitals_and_widths(self, watch):
        watch("barbarians")
        assert marks("They are ＢＡＲＢＡＲＩＡＮＳ, all.") == ["ＢＡＲＢＡＲＩＡＮＳ"]

    def test_word_inside_another_is_not_found(self, watch):
        watch("ass")
        assert hints_in("We pass the class.") == []

    def test_words_of_another_language_are_not_looked_for(self, watch):
        watch("dick", language="en")
        assert hints_in("Das ist dick aufgetragen.", "de") == []

    def test_chinese_word_is_found_between_others(self, watch):
        watch("野蛮")
        assert marks("他们很野蛮人") == ["野蛮"]

    def test_composed_letters_are_marked_whole(self, watch):
        watch("cafe\u0301")
        assert marks("Au café noir") == ["café"]

    def test_signs_that_mean_something_to_patterns_are_taken_literally(self, watch):
        watch("(a+)+b")
        assert marks("x (a+)+b x") == ["(a+)+b"]
        assert hints_in("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac") == []

    @pytest.mark.parametrize("words", ["*", "!!!", "–"])
    def test_signs_alone_are_refused(self, words):
        with pytest.raises(ValidationError, match="signs alone"):
            WatchedWord(words=words).full_clean()

    def test_why_is_what_organizers_wrote(self, watch):
        watch("barbarians", why="insults a people")
        assert hints_in("Barbarians!")[0].why == "insults a people"


def test_marked_text_is_escaped_around_and_inside_marks():
    text = '<b>x</b> <a@b.example> "q"'
    assert marked(text, hints_in(text)) == ("&lt;b&gt;x&lt;/b&gt; &lt;<mark>a@b.example</mark>&gt; &quot;q&quot;")


def test_hundred_kilobytes_of_anything_take_no_time():
    for text in ("a@" * 50_000, "via " + "x " * 50_000, "로" * 100_000, "1-" * 50_000, "(" * 100_000):
        hints_in(text)
