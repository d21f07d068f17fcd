"""Nobody can ask the site who signed: new, pending, confirmed, withdrawn and invalidated get one answer."""

import pytest

from petitions.models import Follower

from ..factories import make_petition, make_signature
from ..petitions.test_captcha import FORM

pytestmark = pytest.mark.django_db


def answer(client, path, form):
    """Status, the page it leads to, and how long its address is; without what was typed and the token that holds it."""
    response = client.post(path, form)
    assert response.status_code == 302
    url = response.headers["Location"]
    html = client.get(url).content.decode().replace(form["email"], "ADDRESS")
    start, token, _slash = url.rsplit("/", 2)
    return start, len(token), html.replace(token, "TOKEN")


@pytest.mark.parametrize("state", ["pending", "confirmed", "withdrawn", "invalidated"])
def test_known_signer_gets_the_answer_of_a_new_one(client, state):
    petition = make_petition()
    new = answer(client, "/en/petitions/clean-air/sign/", FORM | {"email": "newly@mail.example"})
    make_signature(petition, state=state, email=FORM["email"])
    assert answer(client, "/en/petitions/clean-air/sign/", FORM) == new


def test_known_follower_gets_the_answer_of_a_new_one(client):
    petition = make_petition()
    new = answer(client, "/en/petitions/clean-air/follow/", {"email": "newly@mail.example"})
    Follower.objects.create(
        petition=petition,
        email="known@mail.example",
        canonical_email="known@mail.example",
        language="en",
        confirmed_at="2026-01-01T00:00Z",
    )
    assert answer(client, "/en/petitions/clean-air/follow/", {"email": "known@mail.example"}) == new


def test_signers_comment_gets_the_answer_of_a_strangers(client):
    petition = make_petition()
    form = {"name": "Ugo Neri", "email": "newly@mail.example", "text": "Because."}
    new = answer(client, "/en/petitions/clean-air/comments/", form)
    signature = make_signature(petition, email="known@mail.example")
    assert answer(client, "/en/petitions/clean-air/comments/", form | {"email": signature.email}) == new


@pytest.mark.parametrize("state", ["pending", "confirmed", "withdrawn", "invalidated"])
def test_asking_for_the_mail_again_tells_nothing_of_a_known_signer(client, state):
    petition = make_petition()
    pages = []
    make_signature(petition, state=state, email="known@mail.example")
    for email in ("newly@mail.example", "known@mail.example"):
        page = client.post("/en/petitions/clean-air/sign/", FORM | {"email": email}).headers["Location"]
        again = client.post(f"{page}again/")
        assert again.status_code == 302
        html = client.get(again.headers["Location"]).content.decode()
        pages.append(html.replace(email, "ADDRESS").replace(page.rsplit("/", 2)[1], "TOKEN"))
    assert pages[0] == pages[1]


def test_address_is_shown_as_it_was_typed_and_not_as_it_is_stored(client):
    make_signature(make_petition(), email="known@mail.example")
    page = client.post("/en/petitions/clean-air/sign/", FORM | {"email": "Known+tag@mail.example"}).headers["Location"]
    html = client.get(page).content.decode()
    assert "Known+tag@mail.example" in html
    assert "known@mail.example" not in html
