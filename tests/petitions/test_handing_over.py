"""Two promises: the full name to whom the petition asks, to the public what the signer chose."""

import pytest

from petitions import signing
from petitions.models import Signature, SignedText

from ..factories import make_petition, make_signature
from .test_signature_pages import url
from .test_signing import sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]


def signed_before(**fields):
    """Under the words that promised the name as chosen."""
    signature = make_signature(**fields)
    words = {"consent": "… your name, as chosen above …", "digest": "of the release before"}
    SignedText.objects.update(promises_full_name=False, **words)
    return Signature.objects.get(pk=signature.pk)


@pytest.mark.parametrize("visibility", Signature.Visibility.values)
def test_full_name_is_handed_over_whatever_the_public_sees(visibility):
    signature = sign(make_petition(), visibility=visibility)
    assert Signature.objects.get(pk=signature.pk).handed_over_name == "Elena Marchi"


@pytest.mark.parametrize(
    ("visibility", "name"), [("initial", "Elena M."), ("full", "Elena Marchi"), ("city", ""), ("hidden", "")]
)
def test_who_signed_under_the_former_words_is_handed_over_as_promised(visibility, name):
    assert signed_before(visibility=visibility).handed_over_name == name


def test_who_signs_anew_is_handed_over_by_the_words_of_today():
    petition = make_petition()
    signing.withdraw(signed_before(petition=petition, email="elena@mail.example"))
    signing.confirm(sign(petition))
    assert Signature.objects.get().handed_over_name == "Elena Marchi"


def test_words_of_before_and_of_today_are_different_records():
    petition = make_petition()
    signed_before(petition=petition)
    sign(petition, email="ugo@mail.example")
    assert sorted(SignedText.objects.values_list("promises_full_name", flat=True)) == [False, True]


def test_own_page_says_what_is_shown_and_what_is_handed_over(client):
    words = client.get(url(make_signature())).content.decode()
    assert "<bdi>Elena M.</bdi>" in words
    assert "<bdi>Elena Marchi</bdi>" in words


def test_own_page_of_who_signed_before_repeats_the_former_promise(client):
    words = client.get(url(signed_before(), "")).content.decode()
    assert words.count("<bdi>Elena M.</bdi>") == 2


def test_row_of_the_release_before_shows_what_the_rule_says():
    assert make_signature(name="Elena Marchi").public_name == "Elena M."


def test_shown_name_stays_though_the_rule_may_change(monkeypatch):
    signature = sign(make_petition())
    monkeypatch.setattr("petitions.models.signatures.proposed_shown_name", lambda *_: "another")
    assert Signature.objects.get(pk=signature.pk).public_name == "Elena M."


def test_confirmation_page_shows_the_shown_name(client):
    signature = sign(make_petition(), shown_name="E. from Milan")
    assert "<bdi>E. from Milan</bdi>" in client.get(url(signature, "confirm/")).content.decode()


def test_shown_name_changed_by_another_signing_is_shown_before_it_counts(client):
    petition = make_petition()
    signature = sign(petition)
    seal = client.get(url(signature, "confirm/")).context["seal"]
    sign(petition, shown_name="Somebody Else")
    client.post(url(signature, "confirm/"), {"seal": seal})
    assert Signature.objects.get().state == "pending"


FORM = {"name": "Elena Marchi", "country": "IT", "city": "Milano", "visibility": "initial"}


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"shown_name": "Elena from Milan"}, "Elena from Milan"),
        ({"shown_name": ""}, "Elena M."),
        ({"name": "Helena Marchi", "shown_name": "Elena M."}, "Helena M."),
        ({"name": "Marchi Elena", "country": "HU", "shown_name": "Elena M."}, "Elena M."),
    ],
)
def test_signer_changes_the_shown_name(client, changes, shown):
    signature = make_signature()
    client.post(url(signature, "change/"), FORM | changes)
    signature.refresh_from_db()
    assert signature.public_name == shown


def test_own_page_offers_what_is_shown_to_be_edited(client):
    words = client.get(url(make_signature())).content.decode()
    assert 'value="Elena M."' in words


def test_new_shown_name_sends_approved_comments_back_to_the_moderators():
    signature = make_signature()
    signature.comments.create(
        petition=signature.petition, text="x", language="en", state="approved", confirmed_at=signature.signed_at
    )
    signing.change(signature, shown_name="Buy cheap things")
    assert signature.comments.get().state == "pending"
