"""The development mailbox keeps what the site writes and shows it safely."""

import pytest
from django.core.mail import EmailMultiAlternatives

from campaign_site.mailbox import MailboxBackend, folder

LINK = "http://localhost:8000/en/signatures/abc/confirm/"


@pytest.fixture(autouse=True)
def empty_mailbox(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.DEVELOPMENT_MAILBOX = True


@pytest.fixture
def saved():
    message = EmailMultiAlternatives("서명 확인", f"Confirm: {LINK}", "from@example.org", ["to@example.org"])
    message.attach_alternative("<p style='color: red'>Confirm</p><script>bad()</script>", "text/html")
    MailboxBackend().send_messages([message])
    return next(folder().glob("*.eml")).stem


class TestMailbox:
    def test_no_mail_says_so(self, client):
        assert "No mail yet" in client.get("/dev/mail/").text

    def test_saved_mail_is_listed(self, client, saved):
        page = client.get("/dev/mail/").text
        assert "서명 확인" in page
        assert f"/dev/mail/{saved}/" in page

    def test_newest_mail_stands_first(self, client, saved):
        MailboxBackend().send_messages([EmailMultiAlternatives("later", "text", None, ["to@example.org"])])
        page = client.get("/dev/mail/").text
        assert page.index("later") < page.index("서명 확인")

    def test_production_hides_it(self, client, saved, settings):
        settings.DEVELOPMENT_MAILBOX = False
        assert client.get("/dev/mail/").status_code == 404


class TestMail:
    def test_link_in_text_is_clickable(self, client, saved):
        assert f'href="{LINK}"' in client.get(f"/dev/mail/{saved}/").text

    def test_html_part_runs_no_script(self, client, saved):
        policy = client.get(f"/dev/mail/{saved}/html/").headers["Content-Security-Policy"]
        assert "sandbox allow-popups" in policy
        assert "script-src" not in policy
        assert "default-src 'none'" in policy

    @pytest.mark.parametrize("name", ["unknown", "..%2F..%2Fsecret"])
    def test_unknown_name_is_not_found(self, client, name):
        assert client.get(f"/dev/mail/{name}/").status_code == 404
