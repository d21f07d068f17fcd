"""A supporter in Daegu writes the Italian letter to Milan, with a copy to Daegu, on a phone and on paper."""

import re
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.xdist_group("running site")

LETTER = "/ko/campaigns/milan-daegu/letter/"
PHONE = {"viewport": {"width": 360, "height": 740}, "locale": "ko-KR", "accept_downloads": True}
WITH_AND_WITHOUT = pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])


def write(tab, paragraph="Sono cresciuta a Daegu."):
    tab.open(LETTER)
    tab.page.fill("#letter-name", "김하늘")
    tab.page.fill("#letter-address", "대구")
    tab.page.select_option("#letter-country", "KR")
    tab.page.fill("#letter-paragraph", paragraph)
    tab.page.click(".composer-form button.wide")
    tab.page.wait_for_selector("#send")


def downloaded(tab, button):
    with tab.page.expect_download() as download:
        button.click()
    return Path(download.value.path()).read_bytes()


def flat(text):
    return " ".join(text.split())


@WITH_AND_WITHOUT
def test_letter_is_in_the_mail_link_word_for_word(new_tab, has_scripts):
    tab = new_tab(**PHONE, java_script_enabled=has_scripts)
    write(tab)
    link = urlsplit(tab.page.locator("[data-deed=mail-app]").get_attribute("href"))
    fields = parse_qs(link.query)
    assert "sindaco@comune-milano.example" in unquote(link.path).split(",")
    assert fields["cc"] == ["mayor@daegu-metropolitan.example"]
    body = fields["body"][0].replace("\r\n", "\n")
    assert body == tab.page.input_value("#letter-body")
    assert body.startswith("Egregio Sindaco Sala,")
    assert "Sono cresciuta a Daegu." in body
    assert body.endswith("김하늘\n대구\nCorea del Sud")
    assert tab.complaints == []


@WITH_AND_WITHOUT
def test_draft_reads_back_as_the_letter(new_tab, has_scripts):
    tab = new_tab(**PHONE, java_script_enabled=has_scripts)
    write(tab)
    mail = message_from_bytes(downloaded(tab, tab.page.locator("button[form=ready]").first), policy=default)
    assert mail["Cc"] == "mayor@daegu-metropolitan.example"
    assert mail["Subject"].startswith("Gemellaggio Milano–Daegu")
    assert mail.get_content().replace("\r\n", "\n").strip() == tab.page.input_value("#letter-body")


@WITH_AND_WITHOUT
def test_pdf_holds_both_letters_in_their_scripts(new_tab, has_scripts):
    tab = new_tab(**PHONE, java_script_enabled=has_scripts)
    write(tab)
    pdf = PdfReader(BytesIO(downloaded(tab, tab.page.locator("button[formaction$='letter.pdf']").first)))
    first, copy = (flat(page.extract_text()) for page in pdf.pages)
    for words in ("김하늘", "Egregio Sindaco Sala,", "20121 Milano", "이탈리아", "ITALY", "Sono cresciuta a Daegu."):
        assert words in first
    assert "대구광역시 중구 공평로 88" in copy


@WITH_AND_WITHOUT
def test_print_view_holds_both_letters(new_tab, has_scripts):
    tab = new_tab(**PHONE, java_script_enabled=has_scripts)
    write(tab)
    with tab.page.expect_popup() as popup:
        tab.page.click("button[formaction$='/print/']")
    popup.value.wait_for_load_state()
    shown = flat(popup.value.inner_text("body"))
    for words in ("김하늘", "Egregio Sindaco Sala,", "ITALY", "대구광역시 중구 공평로 88"):
        assert words in shown


@WITH_AND_WITHOUT
def test_long_korean_words_leave_no_truncating_link(new_tab, has_scripts):
    tab = new_tab(**PHONE, java_script_enabled=has_scripts)
    write(tab, paragraph="저는 대구에서 자랐고 지금도 가족이 그곳에 삽니다. " * 8)
    links = tab.page.locator("#send a").evaluate_all("links => links.map((link) => link.href)")
    assert [link for link in links if "body=" in link] == []
    assert "메일" in tab.page.inner_text("#send .notice")
    assert tab.page.locator("#letter-body").input_value().count("저는 대구에서") == 8


def test_copying_gives_the_whole_letter(new_tab):
    tab = new_tab(**PHONE, permissions=["clipboard-read", "clipboard-write"])
    write(tab)
    tab.page.locator("[data-copy='letter-subject letter-body']").click()
    copied = tab.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("Gemellaggio Milano–Daegu")
    assert copied.replace("\r\n", "\n").endswith(tab.page.input_value("#letter-body"))


def test_enter_in_a_field_prepares_the_letter(new_tab):
    tab = new_tab(**PHONE)
    tab.open(LETTER)
    tab.page.fill("#letter-name", "김하늘")
    tab.page.press("#letter-name", "Enter")
    tab.page.wait_for_selector("#send")


def test_another_language_keeps_what_was_typed(new_tab):
    tab = new_tab(**PHONE, java_script_enabled=False)
    tab.open(LETTER)
    tab.page.fill("#letter-name", "김하늘")
    tab.page.select_option("#letter-letter", label="English")
    tab.page.click("button[name=show]")
    tab.page.wait_for_load_state()
    assert "Dear Mayor Sala" in tab.page.inner_text("#letter")
    assert tab.page.input_value("#letter-name") == "김하늘"


def test_letter_page_does_not_scroll_sideways(new_tab):
    tab = new_tab(viewport={"width": 320, "height": 640})
    write(tab)
    assert tab.page.evaluate("() => document.documentElement.scrollWidth") <= 320
    assert not re.search(r"\{\w+\}", tab.page.inner_text("main"))


JAPANESE = (
    "{salutation}\n\n"
    + "ミラノ市の姉妹都市である大邱の市場について、どうか声を上げてください。\n\n" * 8
    + "{sender_name}"
)


def test_japanese_letter_of_normal_length_is_never_cut_off(new_tab):
    organizer = new_tab()
    organizer.log_in("organizer")
    organizer.open("/admin/campaigns/letter/?q=City+Council")
    organizer.page.locator("#result_list tbody th a").first.click()
    letter = re.search(r"/letter/(\d+)/", organizer.page.url)[1]
    organizer.page.locator("#texts-group .add-row a").click()
    new = organizer.page.locator("[id^=texts-]:not(.empty-form)", has=organizer.page.locator("textarea")).last
    new.locator("[name$=-language]").fill("ja")
    new.locator("[name$=-subject]").fill("大邱の市場についてのお願い")
    new.locator("[name$=-body]").fill(JAPANESE)
    organizer.page.click("[name=_continue]")
    organizer.page.wait_for_selector(".messagelist")
    row = organizer.page.locator("tr", has_text="日本語").first
    assert "too long" in row.inner_text()

    for has_scripts in (True, False):
        supporter = new_tab(**PHONE, java_script_enabled=has_scripts)
        supporter.open(f"{LETTER}?letter={letter}-ja")
        supporter.page.fill("#letter-name", "田中さくら")
        supporter.page.click(".composer-form button.wide")
        supporter.page.wait_for_selector("#send")
        links = supporter.page.locator("#send a").evaluate_all("links => links.map((link) => link.href)")
        assert [link for link in links if "body=" in link] == []
        assert supporter.page.input_value("#letter-body").count("どうか声を上げて") == 8
        mail = message_from_bytes(
            downloaded(supporter, supporter.page.locator("button[form=ready]").first), policy=default
        )
        assert mail.get_content().count("どうか声を上げて") == 8
    assert organizer.complaints + supporter.complaints == []
