"""Whatever is sent gets a clear answer: never a 500, and nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.models import Contact, ContactReport
from petitions.links import token_for
from petitions.models import Comment, OutboxMail, Signature
from petitions.throttling import MAILS_TO_ADDRESS, SIGNING_FLOOD, count_or_refuse

from ..factories import make_campaign, make_city, make_comment, make_petition, make_target
from ..petitions.test_captcha import FORM

pytestmark = pytest.mark.django_db

SIGN = "/en/petitions/clean-air/sign/"
COMMENTS = "/en/petitions/clean-air/comments/"

BAD_FIELDS = [
    ("email", "elena"),
    ("email", "elena@@mail.example"),
    ("email", "a\r\nBcc: b@mail.example"),
    ("email", "a" * 5000 + "@mail.example"),
    ("name", ""),
    ("name", "x" * 100_000),
    ("name", "Elena 😀"),
    ("shown_name", "evil.app"),
    ("name", "buy at www.spam.example"),
    ("country", "XX"),
    ("country", "Italy\0"),
    ("city", "\ud7ff\u0000"),
    ("city", "1" * 3000),
    ("visibility", "everything"),
    ("comment", "c" * 50_000),
    ("leave_empty", "I am a machine"),
]


@pytest.mark.parametrize(("field", "value"), BAD_FIELDS)
def test_bad_field_is_named_and_nothing_is_stored(client, field, value):
    make_petition()
    response = client.post(SIGN, FORM | {field: value})
    assert response.status_code == 422
    assert f'href="#sign-{field}"' in response.content.decode()
    assert not Signature.objects.exists()


def test_refused_form_keeps_what_was_typed(client):
    make_petition()
    html = client.post(SIGN, FORM | {"email": "elena.mail.example", "comment": "My <b>words</b>"}).content.decode()
    assert 'value="Elena Marchi"' in html
    assert 'value="elena.mail.example"' in html
    assert "My &lt;b&gt;words&lt;/b&gt;" in html
    assert re.search(r'<option value="IT" selected', html)


def test_refused_page_says_error_in_its_title(client):
    make_petition()
    assert "<title>Error:" in client.post(SIGN, FORM | {"email": ""}).content.decode()


@pytest.mark.parametrize("name", ["Elena\0 Marchi", "Elena \u202eMarchi"])
def test_characters_that_nobody_sees_are_dropped_from_a_name(client, name):
    make_petition()
    client.post(SIGN, FORM | {"name": name})
    assert Signature.objects.get().name == "Elena Marchi"


@pytest.mark.parametrize("note", ["New\0mayor", "New \x07mayor", "New \u202emayor"])
def test_characters_that_nobody_sees_are_dropped_from_a_report(client, note):
    make_campaign()
    form = {"contact": Contact.objects.get().pk, "problem": "left", "note": note}
    client.post("/en/campaigns/milan-daegu/report/", form)
    assert " ".join(ContactReport.objects.get().note.split()) == "New mayor"


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_wrong_method_gets_a_page_that_helps(client, method):
    make_petition()
    response = getattr(client, method)(SIGN)
    assert response.status_code == 405
    assert b"<h1" in response.content


@pytest.mark.parametrize(
    "path",
    [
        "/xx/",
        "/en/petitions/no-such/",
        "/en/campaigns/no-such/",
        "/en/petitions/clean-air/comments/?before=x",
        "/en/petitions/clean-air/comments/?before=" + "9" * 40,
        "/en/petitions/clean-air/comments/?before=" + "9" * 1500,
        "/en/petitions/%00/",
        "/en/petitions/clean-air%2F..%2F/",
        "/media/../manage.py",
        "/media/%2e%2e/settings.py",
        "/media/x%00.png",
    ],
)
def test_address_of_nothing_is_a_404_that_helps(client, path):
    make_petition()
    response = client.get(path)
    assert response.status_code == 404
    assert b"<h1" in response.content


@pytest.mark.parametrize("query", ["?reply_to=x", "?reply_to=99999999999999999999", "?reply_to=-1", "?x=%ff%fe"])
def test_odd_query_is_ignored(client, query):
    make_petition()
    assert client.get(COMMENTS + query).status_code == 200


@pytest.mark.parametrize("token", ["x", "1.x", "1.", ".", "1:abc", "99999999999999999999999.x", "%00", "ü.ü"])
@pytest.mark.parametrize(
    "path", ["signatures/{}/", "signatures/{}/confirm/", "comments/{}/confirm/", "follows/{}/stop/"]
)
def test_forged_token_gets_a_page_that_helps(client, path, token):
    response = client.get("/en/" + path.format(token))
    assert response.status_code == 404
    assert b"<h1" in response.content


def test_token_of_one_kind_does_not_open_another(client, site):
    assert client.get(f"/en/comments/{token_for(site.signature)}/confirm/").status_code == 404


def test_erased_signature_gets_a_page_that_helps(client):
    response = client.get(f"/en/signatures/{token_for(Signature(pk=12345))}/")
    assert response.status_code == 410
    assert b"<h1" in response.content


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://testserver.evil.example"},
    ],
)
def test_form_of_another_site_is_refused(client, headers):
    make_petition()
    response = client.post(SIGN, FORM, headers=headers)
    assert response.status_code == 403
    assert b"<h1" in response.content
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://testserver"}, {}]
)
def test_form_of_this_site_is_taken(client, headers):
    make_petition()
    assert client.post(SIGN, FORM, headers=headers).status_code == 302


def test_host_that_is_not_ours_is_refused(client):
    assert client.get("/en/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\xff\xfe%%%", "application/x-www-form-urlencoded"),
        (b"not multipart", "multipart/form-data; boundary=x"),
        (b"not multipart", "multipart/form-data"),
        (b"{}", "application/json"),
        (b"name=a", "application/x-www-form-urlencoded; charset=no-such"),
        (b"a=1&" * 5000, "application/x-www-form-urlencoded"),
        (b"name=" + b"x" * 2_000_000, "application/x-www-form-urlencoded"),
    ],
)
def test_body_that_is_no_form_is_a_client_error(client, body, content_type):
    make_petition()
    response = client.generic("POST", SIGN, body, content_type=content_type)
    assert 400 <= response.status_code < 500
    assert b"<h1" in response.content


@pytest.mark.parametrize("parent", ["x", "-1", "0", "\0", "999999999999999999999", "9" * 5000])
def test_reply_to_nothing_is_refused(client, parent):
    make_petition()
    form = {"name": "Ugo", "email": "ugo@mail.example", "text": "Yes.", "parent": parent}
    assert client.post(COMMENTS, form).status_code == 422


def test_reply_to_a_reply_is_refused(client):
    petition = make_petition()
    reply = make_comment(petition, parent=make_comment(petition))
    form = {"name": "Ugo", "email": "ugo@mail.example", "text": "Yes.", "parent": reply.pk}
    assert client.post(COMMENTS, form).status_code == 422
    assert Comment.objects.count() == 2


def test_too_much_from_one_network_is_told_when_to_return(client):
    make_petition()
    for _ in range(SIGNING_FLOOD.times):
        count_or_refuse((SIGNING_FLOOD, "127.0.0.0/24"))
    answer = client.post(SIGN, FORM)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert 'value="Elena Marchi"' in answer.content.decode()


def test_too_much_to_one_address_is_answered_as_ever_and_its_mail_waits(client):
    make_petition()
    for _ in range(MAILS_TO_ADDRESS.times):
        count_or_refuse((MAILS_TO_ADDRESS, FORM["email"]))
    assert client.post(SIGN, FORM).status_code == 302
    assert Signature.objects.count() == 1
    assert OutboxMail.objects.get().due_at > timezone.now() + timedelta(minutes=50)


def test_closed_petition_takes_no_name_and_says_so(client):
    make_petition(status="closed", closed_at="2026-01-02T00:00Z", opened_at="2026-01-01T00:00Z")
    response = client.post(SIGN, FORM)
    assert response.status_code == 409
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("contact", ""),
        ("contact", "\0"),
        ("contact", "9" * 5000),
        ("contact", "target-0"),
        ("contact", "another campaign's"),
        ("problem", ""),
        ("problem", "nonsense"),
        ("note", "n" * 50_000),
        ("leave_empty", "I am a machine"),
    ],
)
def test_bad_report_is_named_and_not_stored(client, field, value):
    make_campaign()
    form = {"contact": Contact.objects.get().pk, "problem": "left", "note": "New mayor"}
    if value == "another campaign's":
        value = make_target(make_city("turin")).contacts.get().pk
    response = client.post("/en/campaigns/milan-daegu/report/", form | {field: value})
    assert response.status_code == 422
    assert f'href="#report-{field}"' in response.content.decode()
    assert not ContactReport.objects.exists()


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_report_from_another_site_is_refused(client, headers):
    make_campaign()
    form = {"contact": Contact.objects.get().pk, "problem": "left"}
    assert client.post("/en/campaigns/milan-daegu/report/", form, headers=headers).status_code == 403
    assert not ContactReport.objects.exists()


def test_unknown_country_is_answered_without_its_code(client):
    make_petition()
    html = client.post(SIGN, FORM | {"country": "ZZ"}).content.decode()
    assert "Choose a country from the list." in html
    assert "ZZ is not" not in html


def test_people_of_kosovo_can_sign(client):
    make_petition()
    assert client.post(SIGN, FORM | {"country": "XK"}).status_code == 302
