"""The fonts of letters: what they hold, and that typst draws all of it."""

import json
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from campaigns.letters.paper import typesetting
from campaigns.letters.paper.coverage import missing_glyphs
from campaigns.typesetting import FONTS
from campaigns.typesetting.compiling import UnprintableError
from campaigns.typesetting.coverage import fonts

from .test_paper import make_letter

COVERAGE = json.loads((FONTS / "coverage.json").read_text())
ALL = sorted(set().union(*fonts()))


def drawn(text, language="en"):
    return typesetting.letter_pdf([make_letter(language=language, paragraphs=(text,))])


def test_every_font_file_is_listed():
    assert sorted(COVERAGE) == sorted(path.name for path in FONTS.glob("*.[ot]tf"))


@pytest.mark.parametrize("name", COVERAGE)
def test_list_of_characters_equals_the_fonts(name):
    listed = [codepoint for first, last in COVERAGE[name] for codepoint in range(first, last + 1)]
    assert listed == sorted(TTFont(FONTS / name).getBestCmap())


def test_fonts_stay_small():
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 12_000_000


def test_fonts_bring_their_licence():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text()


@pytest.mark.parametrize("language", ["en", "ja", "ko", "zh-Hans", "ar", "hi"])
def test_every_listed_character_is_drawn_in_every_language(language):
    # The standard that our PDFs follow allows no missing glyph: typst would refuse.
    assert drawn(" ".join(map(chr, ALL)), language).startswith(b"%PDF")


def test_typst_too_refuses_what_no_font_can_draw(monkeypatch):
    monkeypatch.setattr(typesetting, "refuse_missing", lambda texts: None)
    with pytest.raises(UnprintableError, match="could not be displayed"):
        drawn("😀")


@pytest.mark.parametrize(
    "text",
    [
        "Città, Straße, Łódź, Kraków, Đà Nẵng",
        "Санкт-Петербург, Київ",
        "Αθήνα",
        "대구광역시 똠방각하 쀍",
        "東京都 髙﨑 神 𠮟",
        "北京市 朱镕基 喆",
        "臺北市 堃 峯",
        "القاهرة تهران لاہور",
        "ירושלים",
        "नई दिल्ली",
        "กรุงเทพฯ",
        "“…” — № € ₩ ₹ ① ㈜ 〒",
    ],
)
def test_names_and_places_of_the_world_are_covered(text):
    assert missing_glyphs(text) == set()


@pytest.mark.parametrize(("text", "missing"), [("a😀b", {"😀"}), ("\ue000", {"\ue000"}), ("አዲስ", set("አዲስ"))])
def test_missing_characters_are_named(text, missing):
    assert missing_glyphs(text) == missing


def test_mark_that_no_font_can_put_on_its_letter_is_missing():
    assert missing_glyphs("가\u064e") == {"\u064e"}


def test_characters_without_a_glyph_are_not_missing():
    assert missing_glyphs("a\u200d\u200c\u00ad\ufe0f\u202e\n\t\ufeff") == set()


def test_decomposed_hangul_is_not_missing():
    assert missing_glyphs("대구") == set()


def glyph_of(character, language):
    """The outline that a character has on paper, as the only text of a font in the PDF."""
    pdf = PdfReader(BytesIO(drawn(character, language)))
    found = []
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            if "CJK" in inner["/BaseFont"]:
                found.append(inner["/FontDescriptor"]["/FontFile3"].get_object().get_data())
    return found


def test_han_character_takes_the_form_of_the_texts_country():
    forms = {language: glyph_of("骨", language)[0] for language in ("ja", "zh-Hans", "zh-Hant", "ko")}
    assert len({forms["ja"], forms["zh-Hans"], forms["zh-Hant"]}) == 3
