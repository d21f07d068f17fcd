"""What a supporter sees of a campaign without scrolling, and how long its page is."""

import pytest

pytestmark = pytest.mark.xdist_group("running site")

CAMPAIGN = "/en/campaigns/milan-daegu/"
BUTTON = "#sign form [type=submit]"
PHONE = {"width": 360, "height": 640}


def bottom_of(tab, selector):
    """In CSS pixels from the top of the window."""
    return tab.page.locator(selector).last.evaluate("node => node.getBoundingClientRect().bottom")


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768)])
@pytest.mark.parametrize("language", ["en", "it", "ko", "ar"])
def test_common_laptop_shows_the_whole_form_at_once(new_tab, size, language):
    tab = new_tab(viewport={"width": size[0], "height": size[1]})
    tab.open(CAMPAIGN.replace("/en/", f"/{language}/"))
    assert bottom_of(tab, BUTTON) <= size[1]


@pytest.mark.parametrize("language", ["en", "it", "ko", "ar"])
def test_phone_shows_the_form_within_two_screens_of_the_first_tap(new_tab, language):
    tab = new_tab(viewport=PHONE)
    tab.open(CAMPAIGN.replace("/en/", f"/{language}/"))
    tab.page.locator(".sign-bar a").first.click()
    tab.page.wait_for_function("() => document.querySelector('#sign').getBoundingClientRect().top < innerHeight")
    assert bottom_of(tab, BUTTON) <= 2 * PHONE["height"]


@pytest.mark.parametrize("language", ["en", "it", "ko"])
def test_page_is_at_most_ten_phone_screens(new_tab, language):
    tab = new_tab(viewport=PHONE)
    tab.open(CAMPAIGN.replace("/en/", f"/{language}/"))
    assert tab.page.evaluate("() => document.documentElement.scrollHeight") <= 10 * PHONE["height"]


def test_card_does_not_scroll_in_itself_when_all_is_open(new_tab):
    tab = new_tab(viewport={"width": 1280, "height": 720})
    tab.open(CAMPAIGN)
    tab.page.evaluate("() => { for (const fold of document.querySelectorAll('.ask details')) fold.open = true; }")
    scrollers = tab.page.evaluate(
        """() => [...document.querySelectorAll('.ask, .ask *:not(textarea):not(select)')].filter(node =>
            node.scrollHeight > node.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(node).overflowY)).length"""
    )
    assert scrollers == 0
    assert tab.page.locator(".ask").evaluate("node => getComputedStyle(node).position") == "static"


def test_drawer_opens_for_a_link_into_it(new_tab):
    tab = new_tab()
    tab.open(CAMPAIGN)
    tab.page.locator(".page-nav a[href='#evidence']").click()
    assert tab.page.locator("#evidence").is_visible()


def test_count_is_renewed_without_a_reload(new_tab):
    tab = new_tab()
    # As if the page had come from before three others signed.
    tab.page.clock.install()
    tab.open(CAMPAIGN)
    tab.page.wait_for_load_state("networkidle")
    tab.page.evaluate("() => { document.querySelector('.thermometer .total strong').textContent = 'old'; }")
    tab.page.route("**/count.json", lambda route: route.fulfill(json={"count": 1}))
    tab.page.clock.run_for(21_000)
    tab.page.wait_for_function("() => document.querySelector('.thermometer .total strong').textContent !== 'old'")


def test_everything_folded_is_printed(new_tab):
    tab = new_tab()
    tab.open(CAMPAIGN)
    tab.page.emulate_media(media="print")
    assert tab.page.locator(".evidence-list li").first.is_visible()
    assert tab.page.locator(".story-rest .story").is_visible()
