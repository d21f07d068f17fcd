"""What only a browser can tell: the policy is kept, nothing overflows, everyone can read it."""

import gzip
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.xdist_group("running site")

START = ["/en/", "/it/campaigns/milan-daegu/", "/ko/petitions/milan-daegu/comments/", "/en/no-such-page/"]
READ = [
    "/en/",
    "/en/campaigns/",
    "/en/campaigns/milan-daegu/",
    "/ko/campaigns/milan-daegu/",
    "/ar/",
    "/ar/campaigns/milan-daegu/",
    "/ar/petitions/milan-daegu/comments/",
    "/ko/campaigns/milan-daegu/letter/",
    "/en/campaigns/milan-daegu/call/?from=US",
    "/en/campaigns/milan-daegu/report/",
    "/en/campaigns/milan-daegu/mastodon/",
    "/en/petitions/milan-daegu/comments/",
    "/en/petitions/milan-daegu/check-inbox/",
    "/en/petitions/milan-daegu/signatures/",
    "/en/privacy/",
    "/en/about/",
    "/en/accessibility/",
]
LEAVES = re.compile(r"/admin/|/dev/|/media/|/go/|\.ics|\.json|before=|reply_to=\d+.*reply_to")
ADMIN_LEAVES = re.compile(r"/(logout|jsi18n|autocomplete)/|/(password_change)/|\?")
ENOUGH = 60


def links(tab, inside):
    hrefs = tab.page.eval_on_selector_all("a[href]", "nodes => nodes.map(node => node.href)")
    return {href.split("#")[0] for href in hrefs if href.startswith(tab.site.url + inside)}


def crawl(tab, start, inside, skip):
    """Open pages link by link. One of each kind is enough: numbers in addresses are all alike."""
    waiting, kinds, opened = list(start), set(), []
    while waiting and len(opened) < ENOUGH:
        url = waiting.pop(0)
        kind = re.sub(r"\d+", "N", url)
        if kind in kinds or skip.search(url):
            continue
        kinds.add(kind)
        response = tab.open(url)
        opened.append(url)
        assert response.status < 500, url
        waiting += sorted(links(tab, inside) - set(opened))
    return opened


def test_public_pages_keep_the_policy(new_tab):
    tab = new_tab()
    opened = crawl(tab, START, "/", LEAVES)
    assert len(opened) > 30
    assert tab.complaints == []


def test_admin_pages_keep_the_policy(new_tab):
    tab = new_tab()
    tab.log_in("admin")
    opened = crawl(tab, ["/admin/"], "/admin/", ADMIN_LEAVES)
    assert len(opened) > 30
    assert tab.complaints == []


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_page_scrolls_sideways(new_tab, width):
    tab = new_tab(viewport={"width": width, "height": 700})
    wide = []
    for path in READ:
        tab.open(path)
        if tab.page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert wide == []


def test_no_page_scrolls_sideways_with_text_twice_as_large(new_tab):
    tab = new_tab(viewport={"width": 360, "height": 800})
    wide = []
    for path in READ:
        tab.open(path)
        tab.page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
        if tab.page.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    assert wide == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(new_tab, scheme):
    tab = new_tab(color_scheme=scheme, viewport={"width": 390, "height": 844})
    found = {}
    for path in READ:
        tab.open(path)
        violations = Axe().run(tab.page).response["violations"]
        if violations:
            found[path] = [(each["id"], each["nodes"][0]["html"][:120]) for each in violations]
    assert found == {}


def test_page_is_light(new_tab):
    tab = new_tab()
    responses = []
    tab.page.on("response", lambda response: responses.append(response))
    tab.open("/en/campaigns/milan-daegu/")
    tab.page.wait_for_load_state("networkidle")
    loaded = [response for response in responses if response.request.resource_type != "image"]
    # The development server sends static files as they are; production sends them compressed.
    weight = sum(len(gzip.compress(response.body())) for response in loaded)
    assert len(loaded) <= 6
    assert weight <= 30_000


def test_copy_button_copies_the_message(new_tab):
    tab = new_tab(permissions=["clipboard-read", "clipboard-write"])
    tab.open("/en/campaigns/freiburg-suwon/")
    button = tab.page.locator("[data-copy-text]")
    button.click()
    assert tab.page.evaluate("() => navigator.clipboard.readText()") == button.get_attribute("data-copy-text").strip()


def test_language_switch_keeps_the_place(new_tab):
    tab = new_tab()
    tab.open("/en/campaigns/milan-daegu/")
    tab.page.locator(".language-switch a[lang=ko]").click()
    assert tab.page.url.endswith("/ko/campaigns/milan-daegu/")
