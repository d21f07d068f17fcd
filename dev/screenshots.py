"""Takes the pictures of the README and the sheets of docs/screens/ from a site of their own: make screenshots"""

import io
import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from dev.browser import find
from dev.running import ROOT, start_site

FOLDER = ROOT / "docs"
SHEETS = FOLDER / "screens"
CAMPAIGN = "campaigns/milan-daegu/"
PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "campaign.png": (f"/en/{CAMPAIGN}", {"viewport": {"width": 1280, "height": 860}, "color_scheme": "light"}),
    "campaign-phone.png": (f"/en/{CAMPAIGN}", {"viewport": {"width": 390, "height": 860}, "color_scheme": "dark"}),
    "letter.png": (f"/en/{CAMPAIGN}letter/", {"viewport": {"width": 1280, "height": 860}, "color_scheme": "light"}),
}
# What is seen without scrolling on a phone and on three desktops.
SCREENS = ((360, 800), (1280, 720), (1366, 768), (1440, 900))
# Arabic has no catalog yet: English words, laid out from right to left.
ROWS = (("en", "light"), ("en", "dark"), ("ar", "light"))
LANGUAGES = "en,it,ko,ar"
GAP = 40
SCALE = 0.5


def main() -> None:
    chromium = find()
    if not chromium:
        sys.exit("No Chromium: python -m dev.browser gets one.")
    SHEETS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        site = start_site(Path(data), INTERFACE_LANGUAGES=LANGUAGES)
        try:
            take(chromium, site.url)
        finally:
            site.stop()


def take(chromium: str, url: str) -> None:
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for name, (path, options) in PICTURES.items():
            page = browser.new_page(base_url=url, **options)
            page.goto(path)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=FOLDER / name)
        for name, way in WAYS.items():
            sheet(browser, url, way).save(SHEETS / f"{name}.webp", quality=70, method=6)
        browser.close()


def sheet(browser: Browser, url: str, way: Callable[[Page, str], object]) -> Image.Image:
    """One page on every screen: a row each for light, dark and right to left."""
    rows = [[shot(browser, url, way, row, screen) for screen in SCREENS] for row in ROWS]
    width = sum(picture.width + GAP for picture in rows[0]) + GAP
    height = max(picture.height for picture in rows[0]) + GAP
    drawn = Image.new("RGB", (width, height * len(rows) + GAP), "#8a8a8a")
    for line, row in enumerate(rows):
        left = GAP
        for picture in row:
            drawn.paste(picture, (left, GAP + line * height))
            left += picture.width + GAP
    return drawn.resize((round(drawn.width * SCALE), round(drawn.height * SCALE)), Image.Resampling.LANCZOS)


def shot(
    browser: Browser, url: str, way: Callable[[Page, str], object], row: tuple[str, Any], screen: tuple[int, int]
) -> Image.Image:
    language, scheme = row
    viewport: Any = {"width": screen[0], "height": screen[1]}
    context = browser.new_context(base_url=url, viewport=viewport, color_scheme=scheme)
    page = context.new_page()
    way(page, language)
    page.wait_for_load_state("networkidle")
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    return taken


def opened(path: str) -> Callable[[Page, str], object]:
    return lambda page, language: page.goto(f"/{language}/{path}")


def sign(page: Page, language: str, address: str) -> None:
    page.goto(f"/{language}/petitions/milan-daegu/")
    for field, words in {"name": "Elena Marchi", "email": address, "city": "Milano"}.items():
        page.fill(f"#sign-{field}", words)
    page.select_option("#sign-country", "IT")
    page.click("#sign form [type=submit]")


def signed_wrongly(page: Page, language: str) -> None:
    page.goto(f"/{language}/petitions/milan-daegu/")
    page.eval_on_selector("#sign form", "form => { form.noValidate = true; }")
    page.fill("#sign-name", "Elena Marchi")
    page.fill("#sign-email", "elena.marchi@mail")
    page.click("#sign form [type=submit]")


def signed(page: Page, language: str) -> None:
    sign(page, language, new_address())


def confirmed(page: Page, language: str) -> None:
    address = new_address()
    sign(page, language, address)
    page.goto(confirmation(page, address))
    page.click("main form [type=submit]")


def come_back(page: Page, language: str) -> None:
    """The same page below its first screen: what was signed, and what can be changed."""
    confirmed(page, language)
    page.locator(".your-signature").scroll_into_view_if_needed()


def new_address() -> str:
    """Another person for each picture."""
    return f"elena-{os.urandom(6).hex()}@mail.example"


def confirmation(page: Page, address: str) -> str:
    """Where the mail to this address leads, once it has come."""
    for _attempt in range(40):
        page.goto("/dev/mail/")
        mail = page.locator("tr", has_text=address).locator("a")
        if mail.count():
            mail.first.click()
            found = re.search(r"http://\S+/confirm/", page.inner_text("body"))
            if found:
                return found[0]
        page.wait_for_timeout(250)
    raise SystemExit(f"no mail came to {address}")


WAYS: dict[str, Callable[[Page, str], object]] = {
    "home": opened(""),
    "campaign": opened(CAMPAIGN),
    "sign-error": signed_wrongly,
    "check-inbox": signed,
    "thanks": confirmed,
    "own-page": come_back,
    "letter": opened(f"{CAMPAIGN}letter/"),
    "call": opened(f"{CAMPAIGN}call/?from=IT"),
}


if __name__ == "__main__":
    main()
