"""Nobody can ask the site who signed: new, pending, confirmed, withdrawn and invalidated get one answer."""

import pytest

from petitions.models import Follower

from ..factories import make_petition, make_signature
from ..petitions.test_captcha import FORM

pytestmark = pytest.mark.django_db


def answer(client, path, form):
    response = client.post(path, form)
    page = client.get(response.headers["Location"]) if response.status_code == 302 else response
    return response.status_code, response.headers.get("Location"), page.content


@pytest.mark.parametrize("state", ["pending", "confirmed", "withdrawn", "invalidated"])
def test_known_signer_gets_the_answer_of_a_new_one(client, state):
    petition = make_petition()
    new = answer(client, "/en/petitions/clean-air/sign/", FORM | {"email": "new@mail.example"})
    make_signature(petition, state=state, email=FORM["email"])
    assert answer(client, "/en/petitions/clean-air/sign/", FORM) == new


def test_known_follower_gets_the_answer_of_a_new_one(client):
    petition = make_petition()
    new = answer(client, "/en/petitions/clean-air/follow/", {"email": "new@mail.example"})
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
    form = {"name": "Ugo Neri", "email": "new@mail.example", "text": "Because."}
    new = answer(client, "/en/petitions/clean-air/comments/", form)
    signature = make_signature(petition)
    assert answer(client, "/en/petitions/clean-air/comments/", form | {"email": signature.email}) == new
