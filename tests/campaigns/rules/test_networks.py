"""How each network counts a post."""

import pytest

from campaigns.rules.networks import NETWORKS

URL = "https://campaigns.example/en/campaigns/milan-daegu/"
FAMILY = "👨‍👩‍👧‍👦"


# Most are cases of twitter-text's own conformance suite (WeightedTweetsWithDiscountedEmojiCounterTest, lengths).
@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("This is a test.", 15),
        ("lié géts øn", 11),
        ("저찀쯿쿿", 8),
        ("のの", 4),
        ("“quoted” – text…", 17),
        ("Hi http://test.co", 26),
        ("Test https://test.com test https://test.com test.com test", 86),
        ("https://www.twitter.com/aloha " * 9, 9 * 24 - 1),
        ("(https://test.com/path?x=1).", 26),
        (f"{URL}를", 25),
        ("a@test.com", 10),
        ("randomurlrandomurlrandomurlrandomurlrandomurlrandomurlrandomurls.com", 68),
        ("H🐱☺" + FAMILY, 7),
        ("😷👾😡🔥💩", 10),
        ("🙋🏽👨‍🎤", 4),
        ("🇮🇹🇰🇷", 4),
        ("1⃣", 2),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2),
        ("© Roma", 6),
        ("A\u0301B", 2),
        ("x\u0301\u0301", 3),
        ("one\r\ntwo", 7),
    ],
)
def test_x_weighs_as_twitter_text_does(text, weight):
    assert NETWORKS["x"].length_of(text) == weight


@pytest.mark.parametrize(
    ("text", "graphemes"),
    [
        ("각각", 2),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", 2),
        (FAMILY, 1),
        ("क्षि", 1),
        ("e\u0301", 1),
        (URL, len(URL)),
    ],
)
def test_bluesky_counts_what_a_reader_sees(text, graphemes):
    assert NETWORKS["bluesky"].length_of(text) == graphemes


def test_bluesky_counts_bytes_where_they_run_out_first():
    assert NETWORKS["bluesky"].fits(FAMILY * 120)
    assert not NETWORKS["bluesky"].fits(FAMILY * 121)


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        (f"See {URL}", 4 + 23),
        ("test.com", 8),
        ("@mayor@city.example hello", 12),
        ("@mayor hello", 12),
        (FAMILY, 1),
        ("각각", 2),
    ],
)
def test_mastodon_counts_addresses_and_mentions_by_its_rule(text, characters):
    assert NETWORKS["mastodon"].length_of(text) == characters


@pytest.mark.parametrize(("network", "longest"), [("x", 280), ("bluesky", 300), ("mastodon", 500), ("telegram", 4096)])
def test_one_character_past_the_limit_is_too_long(network, longest):
    assert NETWORKS[network].fits("a" * longest)
    assert NETWORKS[network].excess("a" * (longest + 1)) == 1
