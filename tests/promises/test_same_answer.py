"""Nobody can ask the site who signed: new, pending, confirmed, withdrawn and invalidated get one answer."""

import re

import pytest

from petitions import signing
from petitions.links import token_for
from petitions.lists import kept_lists
from petitions.models import Follower, ListEntry, Signature, ThrottleCount
from petitions.throttling import SIGNING_BY_NETWORK, count_or_refuse

from ..factories import make_entry, make_petition, make_signature
from ..outbox import waiting_mails
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


def suspect(why):
    """Let what holds the signature of FORM, or nothing, be so."""
    ThrottleCount.objects.all().delete()
    ListEntry.objects.all().delete()
    kept_lists.forget()
    if why == "limit":
        for _ in range(SIGNING_BY_NETWORK.times):
            count_or_refuse((SIGNING_BY_NETWORK, "127.0.0.0/24"))
    elif why:
        make_entry(why)


def whole_way(client, slug, others):
    """All that a signer meets, without what differs between any two signers."""
    petition = make_petition(slug=slug)
    for _ in range(others):
        signing.confirm(make_signature(petition, state="pending"))
    form = FORM | {"comment": "Because.", "wants_updates": "on"}
    path, _length, sent = answer(client, f"/en/petitions/{slug}/sign/", form)
    signature = Signature.objects.get(petition=petition, email=FORM["email"])
    token = token_for(signature)
    mails = [str(mail.message()) for mail in waiting_mails()[-1:]]
    confirm = f"/en/signatures/{token}/confirm/"
    shown = client.get(confirm).content.decode()
    seal = re.search(r'name="seal" value="(\w+)"', shown)[1]
    own = client.post(confirm, {"seal": seal}, follow=True).content.decode()
    later = client.get(f"/en/signatures/{token}/").content.decode()
    _path, _length, sent_again = answer(client, f"/en/petitions/{slug}/sign/", form)
    met = [path, sent, *mails, shown, own, later, sent_again]
    signature.refresh_from_db()
    return signature.state, [_common(text, signature) for text in met]


def _common(text, signature):
    for own in (token_for(signature), signature.petition.slug):
        text = text.replace(own, "OWN")
    text = re.sub(r"(Message-ID|Date|boundary).*|--=+\d+==.*", "", text)
    return re.sub(r"comments/[^/]+/delete", "comments/OWN/delete", text)


@pytest.mark.parametrize("why", ["mail.example", FORM["email"], "127.0.0.0/24", "limit"])
def test_held_signer_meets_what_all_others_meet(client, fresh_pages, why):
    suspect(why)
    # The count is everybody's, and no held one is in it.
    held, met_by_held = whole_way(client, "clean-air", others=2)
    suspect(None)
    counted, met_by_others = whole_way(client, "fine-dust", others=1)
    assert (held, counted) == ("held", "confirmed")
    assert met_by_held == met_by_others


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
