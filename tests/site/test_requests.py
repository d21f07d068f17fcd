"""What no form of ours sends is refused before it costs anything."""

from ipaddress import ip_network

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from campaign_site import wsgi
from petitions.origin import client_network
from petitions.page_cache import takes_gzip

from ..factories import make_petition, make_staff
from ..petitions.test_captcha import FORM

SIGN = "/en/petitions/clean-air/sign/"
CODECS = ("zlib", "rot13", "hex", "idna", "undefined", "utf-7", "utf-16", "no-such")


class Unread:
    """A body that nobody may read."""

    def read(self, *size):
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.django_db
class TestBody:
    @pytest.mark.parametrize("path", [SIGN, "/admin/login/"])
    def test_large_body_of_a_stranger_is_refused_unread(self, client, path):
        body = {"CONTENT_LENGTH": str(200_000_000), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
        response = client.request(REQUEST_METHOD="POST", PATH_INFO=path, **body, **{"wsgi.input": Unread()})
        assert response.status_code == 413
        assert b"<h1" in response.content

    def test_large_body_of_staff_is_taken(self, client):
        client.force_login(make_staff("Organizers"))
        picture = SimpleUploadedFile("a.png", bytes(2_000_000))
        assert client.post("/admin/campaigns/media/add/", {"file": picture}).status_code == 200

    def test_file_in_a_public_form_is_kept_nowhere(self, client, monkeypatch):
        make_petition()
        monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", lambda *_: pytest.fail("a file was kept"))
        assert client.post(SIGN, FORM | {"x": SimpleUploadedFile("a.txt", b"a")}).status_code == 302


class TestEncoding:
    @pytest.mark.parametrize("parameter", [*(f"charset={codec}" for codec in CODECS), "charset*=no-such''x"])
    def test_declared_encoding_is_left_out(self, monkeypatch, parameter):
        monkeypatch.setattr(wsgi, "django", lambda environ, _answer: WSGIRequest(environ).GET["city"])
        environ = RequestFactory().get("/en/campaigns/?city=Milano").environ
        assert wsgi.application(environ | {"CONTENT_TYPE": f"text/plain; {parameter}"}, None) == "Milano"

    def test_boundary_of_a_form_with_files_stays(self):
        assert (
            wsgi.without_charset("multipart/form-data; boundary=x; charset=zlib") == "multipart/form-data; boundary=x"
        )


@pytest.mark.django_db
class TestNul:
    @pytest.mark.parametrize("path", ["/en/campaigns/?city=%00", "/?x%00=1"])
    def test_nul_in_a_public_query_is_refused(self, client, path):
        response = client.get(path)
        assert response.status_code == 400
        assert b"<h1" in response.content

    @pytest.mark.parametrize(
        "path",
        [
            "comment/?state=%00",
            "comment/?language=%00",
            "signature/?state=%00",
            "petition/?status__exact=%00",
            "petition/?q=%00",
        ],
    )
    def test_nul_in_a_query_of_staff_is_refused(self, client, path):
        client.force_login(make_staff("Organizers"))
        assert client.get(f"/admin/petitions/{path}").status_code == 400

    @pytest.mark.parametrize("key", ["\0", "9" * 5000, "9" * 20, "x", "-1"])
    def test_action_on_an_impossible_key_is_refused(self, client, key):
        client.force_login(make_staff("Organizers"))
        form = {"action": "invalidate", "index": 0, "_selected_action": key}
        assert client.post("/admin/petitions/signature/", form).status_code == 400

    def test_nul_in_a_cookie_is_refused(self, client):
        client.cookies.load({"sessionid": "a\0" * 16})
        assert client.get("/admin/").status_code == 400


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("", False),
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("GZIP ; q=1", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("identity", False),
        ("notgzip", False),
    ],
)
def test_accepted_encodings_are_weighed(accepted, takes):
    assert takes_gzip(accepted) is takes


@pytest.mark.parametrize(
    ("hop", "network"),
    [
        ("203.0.113.9:5678", "203.0.113.0/24"),
        ("[2001:db8::7]:443", "2001:db8::/56"),
        ("[2001:db8::7]", "2001:db8::/56"),
        ("2001:db8::7", "2001:db8::/56"),
        ("203.0.113.9", "203.0.113.0/24"),
    ],
)
def test_forwarded_address_is_read_with_or_without_port(settings, hop, network):
    settings.TRUSTED_PROXIES = (ip_network("10.0.0.0/8"),)
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=hop)
    assert client_network(request) == network


@pytest.mark.parametrize("path", ["/en/campaigns/", "/campaigns", "/en/campaigns", "/admin/petitions/petition/"])
def test_endless_query_is_refused_and_repeated_nowhere(client, db, path):
    response = client.get(f"{path}?q={'x' * 4000}")
    assert response.status_code == 414
    assert b"<h1" in response.content
    assert "Location" not in response.headers
    assert b"xxxx" not in response.content
