"""The signer's own pages, opened by the mailed link."""

import pytest

from petitions import signing
from petitions.links import token_for
from petitions.models import Comment, Signature

from ..factories import make_comment, make_petition, make_signature
from .test_signing import details

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]


def sign(petition, **changes):
    return signing.sign(petition, petition.text("it"), details(**changes))


def url(signature, path=""):
    return f"/en/signatures/{token_for(signature)}/{path}"


def press(client, signature):
    """Open the page behind the mailed link and press its button."""
    page = client.get(url(signature, "confirm/"))
    return client.post(url(signature, "confirm/"), {"seal": page.context["seal"]})


def test_opening_the_link_confirms_nothing(client):
    signature = sign(make_petition())
    client.get(url(signature, "confirm/"))
    assert Signature.objects.get().state == "pending"


def test_pressing_the_button_confirms(client):
    signature = sign(make_petition())
    assert press(client, signature).headers["Location"].startswith(url(signature))
    assert Signature.objects.get().state == "confirmed"


def test_second_click_lands_on_the_same_page(client):
    signature = sign(make_petition())
    press(client, signature)
    assert client.get(url(signature, "confirm/")).headers["Location"] == url(signature)
    assert client.post(url(signature, "confirm/")).headers["Location"] == url(signature)


def test_words_put_in_after_the_page_was_opened_are_shown_before_they_count(client):
    petition = make_petition()
    signature = sign(petition)
    seal = client.get(url(signature, "confirm/")).context["seal"]
    sign(petition, comment="A stranger's words.")
    answer = client.post(url(signature, "confirm/"), {"seal": seal})
    assert "A stranger&#x27;s words." in answer.content.decode()
    assert Signature.objects.get().state == "pending"


def test_button_without_its_seal_confirms_nothing(client):
    signature = sign(make_petition())
    client.post(url(signature, "confirm/"))
    assert Signature.objects.get().state == "pending"


def test_confirmed_in_time_after_closing_counts(client):
    petition = make_petition()
    signature = sign(petition)
    type(petition).objects.update(status="closed", closed_at=signature.signed_at)
    press(client, signature)
    assert Signature.objects.get().state == "confirmed"


def test_confirmed_too_late_after_closing_is_told_so(client):
    petition = make_petition(opened_at="2020-01-01T00:00Z", status="closed", closed_at="2020-02-01T00:00Z")
    answer = client.get(url(make_signature(petition, state="pending"), "confirm/"))
    assert answer.status_code == 409


def test_signer_finds_the_own_signature_in_the_count_at_once(client):
    signature = sign(make_petition())
    press(client, signature)
    assert client.get(url(signature)).context["count"] == 1


def test_change_of_the_shown_name_is_kept(client):
    signature = make_signature()
    form = {"name": "Elena M. Marchi", "country": "KR", "city": "대구", "visibility": "full", "wants_updates": "on"}
    client.post(url(signature, "change/"), form)
    signature.refresh_from_db()
    assert (signature.name, str(signature.country), signature.city_key) == ("Elena M. Marchi", "KR", "대구")


def test_bad_change_is_refused_and_keeps_what_was_typed(client):
    form = {"name": "", "country": "IT", "city": "Roma", "visibility": "full"}
    answer = client.post(url(make_signature(), "change/"), form)
    assert answer.status_code == 422
    assert 'value="Roma"' in answer.content.decode()


def test_comment_from_the_own_page_goes_to_the_moderators(client):
    client.post(url(make_signature(), "comment/"), {"text": "Because."})
    assert Comment.objects.waiting().get().text == "Because."


def test_comment_typed_by_a_stranger_waits_for_the_signer(client):
    petition = make_petition()
    signature = sign(petition)
    press(client, signature)
    sign(petition, comment="Typed later.")
    assert not Comment.objects.waiting().exists()
    client.post(url(signature, "confirm-comments/"))
    assert Comment.objects.waiting().get().text == "Typed later."


def test_withdrawing_takes_a_post(client):
    signature = make_signature()
    assert client.get(url(signature, "withdraw/")).status_code == 405
    client.post(url(signature, "withdraw/"))
    assert Signature.objects.get().state == "withdrawn"


def test_data_is_a_download(client):
    answer = client.get(url(make_signature(), "data.json"))
    assert answer.json()["city"] == "Milano"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_erasing_asks_once_more_and_then_erases(client):
    signature = make_signature()
    client.get(url(signature, "erase/"))
    assert Signature.objects.exists()
    client.post(url(signature, "erase/"))
    assert not Signature.objects.exists()


def test_own_page_of_an_erased_signature_helps(client):
    signature = make_signature()
    own_page = url(signature)
    client.post(url(signature, "erase/"))
    assert client.get(own_page).status_code == 410


def test_author_takes_an_unsigned_comment_back(client):
    client.post(f"/en/comments/{token_for(make_comment())}/delete/")
    assert not Comment.objects.exists()


def test_follower_follows_after_pressing_and_stops_by_one_click(client):
    petition = make_petition()
    client.post("/en/petitions/clean-air/follow/", {"email": "ugo@mail.example"})
    token = token_for(petition.followers.get())
    client.post(f"/en/follows/{token}/confirm/")
    assert petition.followers.following().exists()
    client.post(f"/en/follows/{token}/stop/", {"List-Unsubscribe": "One-Click"})
    assert not petition.followers.following().exists()


def follow(client, answer):
    """The page after an act, as a browser opens it."""
    return client.get(answer.headers["Location"].partition("#")[0]).content.decode()


def test_confirming_is_told_once_with_the_own_number(client):
    signature = sign(make_petition())
    html = follow(client, press(client, signature))
    assert "Your address is confirmed" in html
    assert "Your address is confirmed" not in client.get(url(signature)).content.decode()


def test_second_signer_is_told_the_number_right_after_confirming_and_never_again(client):
    petition = make_petition()
    press(client, sign(petition, email="first@mail.example"))
    second = sign(petition, email="second@mail.example")
    assert "You are number 2." in follow(client, press(client, second))
    assert "You are one of 2." in client.get(url(second)).content.decode()


def test_comment_is_acknowledged_where_it_was_written(client):
    answer = client.post(url(make_signature(), "comment/"), {"text": "Because."})
    assert answer.headers["Location"].endswith("#comment")
    html = follow(client, answer)
    section = html[html.index('id="comment"') :]
    assert "A moderator reads your comment" in section
    assert "Your address is confirmed" not in html


def test_next_act_drops_the_notice_of_the_one_before(client):
    signature = make_signature()
    client.post(url(signature, "comment/"), {"text": "Because."})
    form = {"name": "Elena Marchi", "country": "IT", "city": "Roma", "visibility": "full"}
    html = follow(client, client.post(url(signature, "change/"), form))
    assert "Your change is saved" in html
    assert "A moderator reads your comment" not in html


@pytest.mark.parametrize("done", ["", "comment", "commented.1764000000", "commented.x", "commented.²", "x." + "9" * 99])
def test_notice_of_another_time_is_not_shown(client, done):
    html = client.get(url(make_signature()), {"done": done}).content.decode()
    assert 'role="status"' not in html


def test_signer_who_was_left_out_reads_the_public_reason(client):
    signature = make_signature(state="invalidated", invalidated_for="twice")
    assert "The reason: The same person twice" in client.get(url(signature)).content.decode()
