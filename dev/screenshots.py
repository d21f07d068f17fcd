"""Takes the pictures of the README from a site of their own: make screenshots"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from dev.browser import find
from dev.running import ROOT, start_site

FOLDER = ROOT / "docs"
CAMPAIGN = "/en/campaigns/milan-daegu/"
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}, "color_scheme": "light"}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 860}, "color_scheme": "dark"}
PICTURES = {
    "campaign.png": (CAMPAIGN, DESK),
    "campaign-phone.png": (CAMPAIGN, PHONE),
    "letter.png": (f"{CAMPAIGN}letter/", DESK),
}


def main() -> None:
    chromium = find()
    if not chromium:
        sys.exit("No Chromium: python -m dev.browser gets one.")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        site = start_site(Path(data))
        try:
            take(chromium, site.url)
        finally:
            site.stop()


def take(chromium: str, url: str) -> None:
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for name, (path, options) in PICTURES.items():
            page = browser.new_page(**options)
            page.goto(url + path)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=FOLDER / name)
        browser.close()


if __name__ == "__main__":
    main()
