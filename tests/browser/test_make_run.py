"""`make run`: what it says, that Ctrl-C ends all of it, and that data stay."""

import socket
import subprocess
import urllib.request

from dev.running import start_site

from .conftest import LOGINS


def answers(url):
    _host, port = url.removeprefix("http://").split(":")
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(port))) == 0


def test_site_stops_wholly_and_starts_again_with_its_data(tmp_path):
    folder = tmp_path / "data"
    site = start_site(folder)
    for name, password in LOGINS.items():
        assert f"{name} / {password}" in site.said
    assert site.url in site.said
    (folder / "mail").mkdir(exist_ok=True)
    (folder / "mail" / "kept.eml").write_text("Subject: kept\n\nkept")
    assert site.stop() == 0
    assert not answers(site.url)
    left = subprocess.run(["pgrep", "-f", str(folder)], capture_output=True, text=True).stdout
    assert left == ""

    again = start_site(folder)
    with urllib.request.urlopen(again.url + "/dev/mail/") as page:
        assert b"kept" in page.read()
    assert again.stop() == 0
