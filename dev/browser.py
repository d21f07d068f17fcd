"""Finds a Chromium for the browser tests, or gets one: python -m dev.browser"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/snap/bin/chromium",
    "/usr/lib/chromium/chromium",
    "/opt/google/chrome/chrome",
)
INSTALL_SECONDS = 300


def find() -> str | None:
    """The path of a browser that starts, without installing one."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if starts(named) else None
    candidates = [path for name in NAMES if (path := shutil.which(name))]
    candidates += [place for place in PLACES if Path(place).exists()]
    candidates += [downloaded] if (downloaded := playwrights_own()) else []
    return next((path for path in candidates if starts(path)), None)


def starts(path: str) -> bool:
    """A file is not enough: Ubuntu's chromium may be a stub, and a downloaded one may miss libraries."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def playwrights_own() -> str | None:
    script = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    try:
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return None
    path = done.stdout.strip()
    return path if path and Path(path).exists() else None


def install() -> None:
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempts += [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]]
    for command in attempts:
        if find():
            return
        print("No browser yet, trying:", " ".join(command[-3:]), file=sys.stderr)
        try:
            subprocess.run(command, timeout=INSTALL_SECONDS, stdout=sys.stderr, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(error, file=sys.stderr)


def main() -> None:
    if os.environ.get("CHROMIUM") and not find():
        sys.exit(f"CHROMIUM={os.environ['CHROMIUM']} does not start. Name a Chromium or Chrome, or unset it.")
    if not find():
        install()
    browser = find()
    if not browser:
        sys.exit("No Chromium or Chrome found: browser tests are skipped. Install one, or set CHROMIUM to it.")
    print(browser)


if __name__ == "__main__":
    main()
