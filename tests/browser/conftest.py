"""The whole site as `make run` starts it, and a real Chromium to open it with."""

import os
import re

import pytest

from dev.browser import find
from dev.running import start_site

# Playwright leaves its event loop running in the test process, where Django would refuse every later query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

LOGINS = {"organizer": "demo-organizer", "moderator": "demo-moderator", "admin": "demo-admin"}


@pytest.fixture(scope="session")
def running_site(tmp_path_factory):
    # A space in the path, since people have such folders.
    folder = tmp_path_factory.mktemp("site") / "data of the site"
    # Arabic has no catalog yet: its pages speak English from right to left, which is what a browser can judge.
    site = start_site(folder, INTERFACE_LANGUAGES="en,it,ko,ar")
    yield site
    if site.process.poll() is None:
        site.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = os.environ.get("CHROMIUM") or find()
    if not chromium:
        pytest.fail("no Chromium: python -m dev.browser tells how to get one")
    arguments = ["--disable-background-networking", "--disable-component-update"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return browser_type_launch_args | {"executable_path": str(chromium), "args": arguments}


class Tab:
    """A page that remembers whatever the browser complained about."""

    def __init__(self, page, site):
        self.page, self.site, self.complaints = page, site, []
        page.on("console", lambda message: self.hear(message.type, message.text))
        page.on("pageerror", lambda error: self.hear("error", str(error)))

    def hear(self, kind, text):
        status = re.search(r"status of 4\d\d", text)
        if kind in ("error", "warning") and not status:
            self.complaints.append(f"{self.page.url}: {text}")

    def open(self, path):
        return self.page.goto(path if path.startswith("http") else self.site.url + path)

    def log_in(self, name):
        self.open("/admin/login/?next=/admin/")
        self.page.fill("[name=username]", name)
        self.page.fill("[name=password]", LOGINS[name])
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/admin/")


@pytest.fixture
def new_tab(browser, running_site):
    contexts = []

    def open_tab(**options):
        context = browser.new_context(**options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Tab(context.new_page(), running_site)

    yield open_tab
    for context in contexts:
        context.close()
