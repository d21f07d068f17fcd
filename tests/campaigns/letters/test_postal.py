"""Postal addresses: which way of writing, the country's line, the paper."""

import pytest

from campaigns.letters.postal import PostalAddress, paper_size, postal_address

MILAN = [("it", ["Comune di Milano", "Piazza della Scala, 2", "20121 Milano", "Italia"])]
DAEGU = [
    ("en", ["Daegu Metropolitan Government", "88 Gongpyeong-ro", "Daegu 41911", "South Korea"]),
    ("ko", ["대구광역시장", "(41911) 대구광역시 중구 공평로 88"]),
]


def to_milan(sender_country="KR", reader_language="ko", written=MILAN):
    return postal_address(
        written, country="IT", native_language="it", sender_country=sender_country, reader_language=reader_language
    )


def to_daegu(written=DAEGU, sender_country="IT", reader_language="it"):
    return postal_address(
        written, country="KR", native_language="ko", sender_country=sender_country, reader_language=reader_language
    )


def ending(line):
    """The last line left of an address in Korea that ends with `line`."""
    return to_daegu([("en", ["Daegu 41911", line])]).lines[-1]


def test_address_in_the_destinations_language_is_chosen():
    address = to_daegu()
    assert (address.language, address.lines) == ("ko", tuple(DAEGU[1][1]))


def test_address_in_a_variety_of_the_destinations_language_is_chosen():
    written = [("en", ["Taipei City Hall"]), ("zh-Hant-TW", ["臺北市政府"])]
    address = postal_address(written, country="TW", native_language="zh", sender_country="IT", reader_language="it")
    assert address.lines == ("臺北市政府",)


def test_first_address_serves_where_none_is_in_the_destinations_language():
    assert to_daegu([("de", ["Rathaus"]), ("en", ["City Hall"])]).lines == ("Rathaus",)


@pytest.mark.parametrize("written", [[], [("ko", [])], [("ko", ["", " "])]])
def test_no_address_is_none(written):
    assert to_daegu(written) is None


@pytest.mark.parametrize(
    "line",
    [
        "South Korea",
        "SOUTH KOREA.",
        "Republic of Korea",
        "Rep. of Korea",
        "Korea",
        "Corea del Sud",
        "대한민국",
        "韓国",
        "Südkorea",
        "Республика Корея",
        "كوريا الجنوبية",
        "대한민국 (South Korea)",
        "Korea, Republic of",
    ],
)
def test_line_that_names_only_the_country_is_dropped(line):
    assert ending(line) == "Daegu 41911"


@pytest.mark.parametrize("line", ["Daegu, South Korea", "Koreastraße 2", "Japan", "North Korea"])
def test_line_that_says_more_than_the_country_stays(line):
    assert ending(line) == line


def test_country_written_twice_is_dropped_twice():
    assert to_milan(written=[("it", ["20121 Milano", "이탈리아", "ITALY"])]).lines == ("20121 Milano",)


def test_address_that_is_only_a_country_keeps_its_line():
    assert to_milan(written=[("it", ["Italia"])]).lines == ("Italia",)


def test_city_state_keeps_its_name_at_home():
    singapore = [("en", ["1 Parliament Place", "Singapore"])]
    address = postal_address(singapore, country="SG", native_language="en", sender_country="SG", reader_language="en")
    assert address.lines[-1] == "Singapore"


def test_country_stands_in_the_senders_language_and_in_english():
    assert to_milan().country_lines == ("이탈리아", "ITALY")


def test_country_stands_once_where_both_names_are_the_same():
    assert to_milan(sender_country="US", reader_language="es").country_lines == ("ITALY",)


def test_country_is_left_out_inside_it():
    address = to_milan(sender_country="IT", reader_language="it")
    assert (address.country_lines, address.lines[-1]) == ((), "20121 Milano")


def test_language_of_the_senders_post_is_official_there():
    assert to_daegu(sender_country="IT", reader_language="en").country_lines == ("Corea del Sud", "SOUTH KOREA")


@pytest.mark.parametrize(("reader", "line"), [("it", "Italia"), ("fr", "Italie"), ("en", "Italien")])
def test_of_several_official_languages_the_readers_is_taken(reader, line):
    assert to_milan(sender_country="CH", reader_language=reader).country_lines[0] == line


def test_readers_language_serves_where_the_senders_country_is_unknown():
    assert to_milan(sender_country="", reader_language="ko").country_lines == ("이탈리아", "ITALY")


def test_country_name_of_taiwan_is_written_in_its_script():
    assert to_milan(sender_country="TW", reader_language="en").country_lines[0] == "義大利"


def test_each_line_carries_its_language_and_direction():
    cairo = [("ar", ["القاهرة", "مصر"])]
    address = postal_address(cairo, country="EG", native_language="ar", sender_country="KR", reader_language="en")
    lines = [(line.text, line.language, line.direction) for line in address.on_envelope]
    assert lines == [("القاهرة", "ar", "rtl"), ("이집트", "ko", "ltr"), ("EGYPT", "en", "ltr")]


def test_line_that_would_turn_its_neighbours_is_straightened():
    assert PostalAddress(("A\u202eB\u2066C\u0007",), "it", ()).on_envelope[0].text == "ABC"


@pytest.mark.parametrize(("country", "paper"), [("US", "us-letter"), ("MX", "us-letter"), ("IT", "a4"), ("", "a4")])
def test_paper_is_what_the_country_prints_on(country, paper):
    assert paper_size(country) == paper
