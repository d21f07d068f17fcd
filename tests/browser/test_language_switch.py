"""What was typed survives another language, with and without scripts; the reader's own language is offered."""

import pytest

pytestmark = pytest.mark.xdist_group("running site")

CAMPAIGN = "/en/campaigns/milan-daegu/"
PHONE = {"width": 360, "height": 640}
KEPT = "() => Object.keys(sessionStorage).filter((key) => key === 'typed')"
SHIFT = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 300);
})"""


def type_name(tab):
    tab.page.fill("#sign-name", "Ana Prova")
    tab.page.fill("#sign-email", "ana@")


@pytest.mark.parametrize("with_scripts", [True, False])
def test_page_of_errors_switches_with_what_stands_in_the_form_now(new_tab, with_scripts):
    tab = new_tab(java_script_enabled=with_scripts)
    tab.open(CAMPAIGN)
    type_name(tab)
    # Browsers stop an address like this one; what they let through comes back from the server.
    tab.page.fill("#sign-email", "ana@mail.example")
    tab.page.fill("#sign-city", "https://link.example")
    tab.page.select_option("#sign-country", "IT")
    tab.page.click("#sign-form [type=submit]")
    tab.page.wait_for_selector(".error-summary")
    tab.page.fill("#sign-name", "Ana Maria Prova")
    tab.page.click(".language-switch button[lang=ko]")
    tab.page.wait_for_url("**/ko/petitions/milan-daegu/sign/")
    assert tab.page.input_value("#sign-name") == "Ana Maria Prova"
    assert tab.page.input_value("#sign-email") == "ana@mail.example"
    assert tab.page.locator(".error-summary").count() == 0
    assert not [said for said in tab.complaints if "422" not in said]


def test_page_that_is_only_read_switches_with_what_was_typed_and_keeps_nothing(new_tab):
    tab = new_tab()
    tab.open(CAMPAIGN)
    type_name(tab)
    tab.page.select_option("#sign-country", "KR")
    tab.page.click(".language-switch a[lang=ko]")
    tab.page.wait_for_url("**/ko/campaigns/milan-daegu/")
    assert tab.page.input_value("#sign-name") == "Ana Prova"
    assert tab.page.input_value("#sign-country") == "KR"
    assert tab.page.evaluate(KEPT) == []
    tab.open("/ko/campaigns/milan-daegu/")
    assert tab.page.input_value("#sign-name") == ""


def test_link_to_another_page_carries_nothing(new_tab):
    tab = new_tab()
    tab.open(CAMPAIGN)
    type_name(tab)
    tab.page.click(".site-footer a[href='/en/about/']")
    tab.page.wait_for_url("**/en/about/")
    assert tab.page.evaluate(KEPT) == []


def test_reader_is_offered_their_language_and_nothing_moves(new_tab):
    tab = new_tab(viewport=PHONE, locale="en-US")
    tab.open("/it/campaigns/milan-daegu/")
    offer = tab.page.locator("[data-offer]:visible")
    offer.wait_for()
    assert offer.get_attribute("data-offer") == "en"
    assert tab.page.evaluate(SHIFT) < 0.01
    assert tab.page.locator(".menu summary").is_visible()
    offer.locator("a").click()
    tab.page.wait_for_url(f"**{CAMPAIGN}")
    assert tab.page.locator("[data-offer]:visible").count() == 0


def test_offer_that_was_closed_stays_away(new_tab):
    tab = new_tab(viewport=PHONE, locale="en-US")
    tab.open("/it/campaigns/milan-daegu/")
    tab.page.locator("[data-offer]:visible button").click()
    tab.open("/it/about/")
    tab.page.wait_for_load_state("networkidle")
    assert tab.page.locator("[data-offer]:visible").count() == 0


@pytest.mark.parametrize("locale", ["it-IT", "fr-FR"])
def test_reader_of_this_or_of_no_known_language_is_offered_nothing(new_tab, locale):
    tab = new_tab(locale=locale)
    tab.open("/it/campaigns/milan-daegu/")
    tab.page.wait_for_load_state("networkidle")
    assert tab.page.locator("[data-offer]:visible").count() == 0


def test_phone_reaches_every_page_from_the_top_by_keyboard_and_without_scripts(new_tab):
    tab = new_tab(viewport=PHONE, java_script_enabled=False)
    tab.open(CAMPAIGN)
    tab.page.focus(".menu summary")
    tab.page.keyboard.press("Enter")
    for path in ("/en/campaigns/", "/en/about/", "/en/privacy/", "/ko/campaigns/milan-daegu/"):
        assert tab.page.locator(f".menu a[href='{path}']").is_visible()
    assert tab.page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/en/about/")
