"""Letters and labels on paper: what stands on the sheets, and where."""

import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import html5lib
import pytest
import segno
from django.conf import settings
from django.template.loader import render_to_string
from pypdf import PdfReader

from campaigns.letters.paper.letters import PaperLetter
from campaigns.letters.paper.qr import qr_svg
from campaigns.letters.paper.scripts import SCRIPTS, script_of
from campaigns.letters.paper.typesetting import labels_pdf, letter_pdf
from campaigns.letters.postal import PostalAddress
from campaigns.typesetting.compiling import MissingGlyphsError, is_available

LINK = "https://sistercities.example/it/campaigns/milan-daegu/"
MILAN = PostalAddress(("Comune di Milano", "20121 Milano"), "it", ("이탈리아", "ITALY"), "ko")
LITERAL = '*bold* _x_ #import "x": * $a$ [x] <b> \\n `code` @ref // **z** [l](m)'
MM = 72 / 25.4


def make_letter(**changes):
    letter = PaperLetter(
        language="it",
        paper="a4",
        sender=("김민서", "대구광역시 중구 동성로 12"),
        date="22 novembre 2026",
        recipient=MILAN,
        note="Copia",
        subject="Vi chiedo di parlare",
        paragraphs=("Egregio Sindaco,", "prima riga\nseconda riga"),
        copies="Cc: 대구광역시장",
        link=LINK,
    )
    return replace(letter, **changes)


# One for each script that the fonts know.
PARAGRAPHS = {
    "it": "Vivo a Milano da sempre.",
    "ko": "저는 대구에서 자랐습니다.",
    "ja": "私は大邱で育ちました。",
    "zh-Hans": "我在大邱长大。",
    "zh-Hant": "我在大邱長大。",
    "ar": "نشأت في دايغو.",
    "fa": "من در دائگو بزرگ شدم.",
    "he": "גדלתי בדאגו.",
    "ru": "Я вырос в Тэгу.",
    "el": "Μεγάλωσα στο Ντεγκού.",
    "hi": "मैं डेगू में पला-बढ़ा।",
    "th": "ฉันโตที่แทกู",
}


def read(pdf):
    return PdfReader(BytesIO(pdf))


def text_of(letter):
    return "\n".join(page.extract_text() for page in read(letter_pdf([letter])).pages)


def flat(text):
    return " ".join(text.split())


def places(page):
    """Every piece of text with its distance from the page's left and upper edges, in millimetres."""
    found = []

    def visit(text, matrix, text_matrix, _font, _size):
        if text.strip():
            x = matrix[0] * text_matrix[4] + matrix[2] * text_matrix[5] + matrix[4]
            y = matrix[1] * text_matrix[4] + matrix[3] * text_matrix[5] + matrix[5]
            found.append((text.strip(), x / MM, (float(page.mediabox.height) - y) / MM))

    page.extract_text(visitor_text=visit)
    return found


class TestText:
    @pytest.mark.parametrize(
        ("language", "text"),
        [
            ("it", "La città è bellissima, perché è così."),
            ("ko", "안녕하십니까? 저는 밀라노에 사는 시민입니다."),
            ("ja", "東京都知事へ、カタカナとひらがなで書きます。"),
            ("zh-Hans", "尊敬的市长先生：您好！这是一封信。"),
            ("zh-Hant", "敬愛的市長：您好！這是一封信。"),
            ("ru", "Уважаемый господин губернатор!"),
            ("el", "Αξιότιμε κύριε Δήμαρχε,"),
            ("vi", "Kính gửi ông Chủ tịch thành phố Đà Nẵng"),
        ],
    )
    def test_letter_is_read_back(self, language, text):
        assert text in flat(text_of(make_letter(language=language, paragraphs=(text,))))

    @pytest.mark.parametrize(
        ("language", "words"), [("ar", ["المحترم", "مدينتكم", "رسالة"]), ("he", ["ראש", "העיר", "מכתב"])]
    )
    def test_letter_from_right_to_left_is_read_back(self, language, words):
        # Readers differ on the order of such words, not on the words.
        text = text_of(make_letter(language=language, paragraphs=("، ".join(words) + " (2026).",)))
        assert [word for word in words if word not in text] == []

    def test_every_part_is_on_the_sheet(self):
        text = flat(text_of(make_letter()))
        parts = [
            "김민서",
            "대구광역시 중구 동성로 12",
            "20121 Milano",
            "이탈리아",
            "ITALY",
            "22 novembre 2026",
            "Copia",
        ]
        parts += ["Vi chiedo di parlare", "Egregio Sindaco,", "seconda riga", "Cc: 대구광역시장", LINK]
        assert [part for part in parts if part not in text] == []

    def test_lines_of_a_paragraph_stay_lines(self):
        assert "prima riga\nseconda riga" in text_of(make_letter())

    @pytest.mark.parametrize("field", ["subject", "date", "note", "copies"])
    def test_markup_is_shown_as_it_is(self, field):
        assert LITERAL in flat(text_of(make_letter(**{field: LITERAL})))

    def test_markup_in_sender_address_and_letter_is_shown_as_it_is(self):
        address = PostalAddress((LITERAL,), "it", ())
        letter = make_letter(sender=(LITERAL,), recipient=address, paragraphs=(LITERAL,))
        assert flat(text_of(letter)).count('#import "x": *') == 4  # the sender stands in the window once more

    def test_text_is_not_turned_around(self):
        assert "Kim abc" in text_of(make_letter(sender=("Kim \u202ecba\u202c \u202eabc",))).replace("cba ", "")

    def test_letter_without_sender_recipient_and_words_is_set(self):
        letter = make_letter(sender=(), recipient=None, paragraphs=(), copies="", note="", date="")
        assert "Vi chiedo di parlare" in text_of(letter)


class TestMissingGlyphs:
    @pytest.mark.parametrize("field", ["date", "note", "subject", "copies", "link"])
    def test_missing_character_in_a_line_is_refused_by_name(self, field):
        with pytest.raises(MissingGlyphsError) as refused:
            letter_pdf([make_letter(**{field: "x😀"})])
        assert refused.value.characters == {"😀"}

    @pytest.mark.parametrize("field", ["sender", "paragraphs"])
    def test_missing_character_in_lines_is_refused(self, field):
        with pytest.raises(MissingGlyphsError, match="U\\+1F600"):
            letter_pdf([make_letter(), make_letter(**{field: ("x", "y😀")})])

    @pytest.mark.parametrize("changes", [{"lines": ("😀",)}, {"country_lines": ("😀", "ITALY")}])
    def test_missing_character_in_an_address_is_refused(self, changes):
        address = replace(MILAN, **changes)
        with pytest.raises(MissingGlyphsError):
            letter_pdf([make_letter(recipient=address)])
        with pytest.raises(MissingGlyphsError):
            labels_pdf([MILAN, address], "a4")

    def test_half_a_character_is_refused(self):
        with pytest.raises(MissingGlyphsError):
            letter_pdf([make_letter(subject="\ud83d")])


class TestSheet:
    @pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))])
    def test_sheet_has_the_papers_size(self, paper, size):
        box = read(letter_pdf([make_letter(paper=paper)])).pages[0].mediabox
        assert (round(box.width), round(box.height)) == size

    # Where the windows of DL and C6/5 (DIN 5008, form B) and of #10 envelopes show the sheet.
    @pytest.mark.parametrize(
        ("paper", "left", "top", "right", "bottom"), [("a4", 20, 45, 105, 90), ("us-letter", 22.2, 51.8, 136.5, 80.4)]
    )
    @pytest.mark.parametrize("language", ["it", "ar"])
    @pytest.mark.parametrize("line_count", [2, 7])
    def test_address_lies_in_the_envelopes_window(self, paper, left, top, right, bottom, language, line_count):
        lines = tuple(f"Riga{number}" for number in range(line_count))
        letter = make_letter(paper=paper, language=language, recipient=replace(MILAN, lines=lines))
        found = [
            place for place in places(read(letter_pdf([letter])).pages[0]) if place[0].startswith(("Riga", "ITALY"))
        ]
        assert len(found) == line_count + 1
        assert all(left <= x <= right and top <= y <= bottom for _text, x, y in found)

    def test_address_from_right_to_left_lies_in_the_envelopes_window(self):
        address = PostalAddress(("القاهرة",), "ar", ("EGYPT",))
        found = dict(
            (text, (x, y)) for text, x, y in places(read(letter_pdf([make_letter(recipient=address)])).pages[0])
        )
        assert 80 < found["EGYPT"][0] < 105

    def test_long_paragraph_begins_on_the_first_sheet(self):
        first = read(letter_pdf([make_letter(paragraphs=("parola " * 900,))])).pages[0]
        assert "parola parola" in first.extract_text()

    def test_letter_of_one_sheet_has_no_page_number(self):
        assert "1 / 1" not in text_of(make_letter())

    def test_long_letter_numbers_its_pages(self):
        pages = read(letter_pdf([make_letter(paragraphs=("parola " * 7_200,))])).pages
        numbers = [f"{number} / {len(pages)}" in page.extract_text() for number, page in enumerate(pages, 1)]
        assert len(pages) > 5
        assert all(numbers)

    def test_each_letter_counts_its_own_pages(self):
        long, short = make_letter(paragraphs=("parola " * 900,)), make_letter()
        texts = [page.extract_text() for page in read(letter_pdf([long, short, long])).pages]
        numbers = [found[0] if (found := re.search(r"\d / \d", text)) else "" for text in texts]
        assert numbers == ["1 / 3", "2 / 3", "3 / 3", "", "1 / 3", "2 / 3", "3 / 3"]

    @pytest.mark.parametrize("text", ["parola " * 7_200, "가나 " * 16_000, "漢" * 50_000, "x" * 50_000, "क्" * 25_000])
    def test_letter_of_fifty_thousand_characters_is_set(self, text):
        assert len(read(letter_pdf([make_letter(paragraphs=(text,))])).pages) > 3

    def test_word_without_end_stays_on_the_sheet(self):
        page = read(letter_pdf([make_letter(paragraphs=("w" * 1000,))])).pages[0]
        lines = [text for text, _x, _y in places(page) if set(text) <= set("w\u200b")]
        assert (sum(line.count("w") for line in lines), max(line.count("w") for line in lines) < 60) == (1000, True)

    def test_qr_code_and_link_stand_at_the_foot_of_the_last_sheet(self):
        *others, last = read(letter_pdf([make_letter(paragraphs=("parola " * 1200,))])).pages
        assert [LINK in page.extract_text() for page in [*others, last]] == [False] * len(others) + [True]
        assert next(y for text, _x, y in places(last) if text == LINK) > 270

    def test_qr_code_on_the_sheet_leads_to_the_link(self):
        drawing = read(letter_pdf([make_letter()])).pages[0].get_contents().get_data().decode("latin-1")
        strokes = re.findall(r"\b(\d+) (\d+)\.5 m (\d+) \2\.5 l", drawing)
        dark = {(int(y), x) for left, y, right in strokes for x in range(int(left), int(right))}
        matrix = segno.make(LINK, error="m", micro=False).matrix
        assert dark == {(y, x) for y, row in enumerate(matrix) for x, is_dark in enumerate(row) if is_dark}

    def test_signature_leaves_room_for_a_hand(self):
        page = read(letter_pdf([make_letter(paragraphs=("Con rispetto,", "김민서"))])).pages[0]
        heights = {text: y for text, _x, y in places(page)}
        assert heights["김민서"] - heights["Con rispetto,"] > 15

    def test_document_says_its_title_and_language(self):
        pdf = read(letter_pdf([make_letter(language="zh-Hant", subject="請談一談")]))
        assert (pdf.metadata.title, pdf.trailer["/Root"]["/Lang"]) == ("請談一談", "zh-TW")

    def test_document_is_tagged(self):
        assert read(letter_pdf([make_letter()])).trailer["/Root"]["/MarkInfo"]["/Marked"]


class TestLanguages:
    @pytest.mark.parametrize(
        ("language", "sender", "hint", "found"),
        [
            ("it", "김민서 大邱", "", "ko"),
            ("it", "山田 はなこ", "", "ja"),
            ("it", "山田", "ja", "ja"),
            ("it", "山田", "en", "it"),
            ("zh-Hant", "陳怡君 권", "ko", "zh-Hant"),
            ("it", "Kim Minseo", "ko", "it"),
        ],
    )
    def test_senders_name_is_set_in_its_own_language(self, language, sender, hint, found):
        letter = make_letter(language=language, sender=(sender,), sender_language=hint)
        assert letter.sender_lines[0].language == found

    @pytest.mark.parametrize(
        ("letters_language", "senders_language", "paragraph", "found"),
        [
            ("it", "ko", "저는 대구에서 자랐습니다.", "ko"),
            ("it", "en", "저는 대구에서 자랐습니다.", "ko"),
            ("it", "ja", "私は大邱で育ちました。", "ja"),
            ("it", "zh-Hant", "我在大邱長大。", "zh-Hant"),
            ("it", "fa", "من در دائگو بزرگ شدم.", "fa"),
            ("ko", "it", "Vivo a Milano da sempre.", "it"),
            ("uk", "it", "Я виріс у Тегу.", "uk"),
            ("it", "he", "גדלתי בדאגו.", "he"),
            ("it", "en", "मैं डेगू में पला-बढ़ा।", "hi"),
            ("it", "th", "ฉันโตที่แทกู", "th"),
            ("it", "el", "Μεγάλωσα στο Ντεγκού.", "el"),
            ("it", "ko", "2015", "it"),
        ],
    )
    def test_paragraph_is_set_in_its_own_language(self, letters_language, senders_language, paragraph, found):
        letter = make_letter(language=letters_language, sender_language=senders_language, paragraphs=(paragraph,))
        assert [line.language for lines in letter.body for line in lines] == [found]

    def test_every_script_of_the_fonts_has_a_paragraph_here(self):
        assert {script_of(paragraph) for paragraph in PARAGRAPHS.values()} == set(SCRIPTS)

    @pytest.mark.parametrize("language", PARAGRAPHS)
    def test_paragraph_of_any_script_is_read_back_from_an_italian_letter(self, language):
        letter = make_letter(sender_language=language, paragraphs=("Egregio Sindaco,", PARAGRAPHS[language]))
        words = set("".join(PARAGRAPHS[language].split()))
        assert words <= set(unicodedata.normalize("NFKC", text_of(letter)))

    def test_korean_paragraph_in_an_italian_letter_breaks_between_words(self):
        sentence = "대구에서 자란 저는 두 도시가 서로에게 솔직하게 말할 수 있기를 진심으로 바랍니다"
        words = sentence.split()
        letter = make_letter(sender_language="ko", paragraphs=(" ".join(words * 6),))
        lines = [line.split() for line in text_of(letter).splitlines() if "자란" in line or "두" in line]
        assert len(lines) > 3
        assert {word for line in lines for word in line} <= set(words)

    def test_latin_street_in_an_arabic_letter_runs_from_left_to_right(self):
        letter = make_letter(language="ar", sender=("ليلى حسن", "Via Roma 12 (MI)", "12"))
        assert [line.direction for line in letter.sender_lines] == ["rtl", "ltr", "rtl"]


class TestLabels:
    def test_labels_carry_every_address(self):
        addresses = [replace(MILAN, lines=(f"Sindaco {number}",)) for number in range(13)]
        pages = read(labels_pdf(addresses, "a4")).pages
        text = " ".join(page.extract_text() for page in pages)
        assert (len(pages), [address.lines[0] in text for address in addresses]) == (2, [True] * 13)

    @pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("us-letter", 612)])
    def test_labels_have_the_papers_size(self, paper, width):
        assert round(read(labels_pdf([MILAN], paper)).pages[0].mediabox.width) == width


class TestWithoutTypst:
    def test_pdf_is_not_offered(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "typst", None)
        assert not is_available()

    def test_pdf_is_offered_with_it(self):
        assert is_available()

    def test_module_imports(self):
        module = "campaigns.letters.paper.typesetting"
        lines = f"import sys; sys.modules['typst'] = None; import django; django.setup(); import {module}"
        root = Path(__file__).parents[3]
        assert subprocess.run([sys.executable, "-c", lines], cwd=root, check=False, timeout=60).returncode == 0


class TestPrintView:
    def html(self, *letters):
        context = {"letters": letters, "qr": qr_svg(LINK), "back_url": "/it/back/"}
        return render_to_string("campaigns/letters/paper_letter.html", context)

    def test_paragraph_says_its_language(self):
        letter = make_letter(sender_language="fa", paragraphs=("من در دائگو بزرگ شدم.",))
        assert '<p lang="fa" dir="rtl">' in self.html(letter)

    @pytest.mark.parametrize("language", PARAGRAPHS)
    def test_paragraph_of_any_script_says_its_language_and_direction(self, language):
        paragraph = PARAGRAPHS[language]
        page = self.html(make_letter(sender_language=language, paragraphs=("Egregio Sindaco,", paragraph)))
        dir_ = "rtl" if language in ("ar", "fa", "he") else "ltr"
        attributes = "" if language == "it" else f' lang="{language}" dir="{dir_}"'
        assert f"<p{attributes}>{paragraph}</p>" in page
        assert "<p>Egregio Sindaco,</p>" in page

    def test_korean_breaks_between_words(self):
        assert ":lang(ko) { word-break: keep-all; }" in (Path(settings.BASE_DIR) / "static/css/paper.css").read_text()

    def test_pages_are_sound_html(self):
        labels = {"addresses": [MILAN], "paper": "a4", "back_url": "/"}
        for page in (
            self.html(make_letter(), make_letter()),
            render_to_string("campaigns/letters/paper_labels.html", labels),
        ):
            html5lib.HTMLParser(strict=True).parse(page)

    def test_nothing_is_inline(self):
        page = self.html(make_letter())
        assert "style=" not in page
        assert "<script>" not in page

    def test_names_are_escaped(self):
        page = self.html(make_letter(sender=("<b>Kim</b>",), subject="</title><script>"))
        assert ("<b>Kim" in page, "</title><script>" in page) == (False, False)

    def test_text_is_not_turned_around(self):
        address = replace(MILAN, lines=("a\u202eb",))
        letter = make_letter(sender=("a\u202eb",), recipient=address, subject="a\u202eb", paragraphs=("a\u202eb",))
        assert "\u202e" not in self.html(letter)

    def test_every_text_says_its_language_and_direction(self):
        page = self.html(make_letter(language="ar"))
        assert '<article class="sheet letter a4" lang="ar" dir="rtl">' in page
        assert '<span lang="ko" dir="ltr">이탈리아</span>' in page
        assert '<span lang="ko" dir="ltr">김민서</span>' in page

    def test_labels_show_every_address(self):
        context = {"addresses": [MILAN, MILAN], "paper": "us-letter", "back_url": "/"}
        page = render_to_string("campaigns/letters/paper_labels.html", context)
        assert (page.count("ITALY"), 'class="sheet labels us-letter"' in page) == (2, True)

    def test_qr_code_has_attributes_only(self):
        assert "style" not in qr_svg(LINK)
        assert LINK not in qr_svg(LINK)
