"""The signer's acts and what the database holds after them."""

import json

import pytest
from post_office.models import Email

from petitions import counting, signing
from petitions.models import Comment, CountDelta, Signature, SignedText
from petitions.signing import SigningDetails

from ..factories import make_comment, make_petition, make_signature

pytestmark = pytest.mark.django_db


def details(**changes):
    fields = {
        "name": "Elena Marchi",
        "email": "elena@mail.example",
        "country": "IT",
        "city": "Milano",
        "language": "it",
        "visibility": "initial",
        "wants_updates": False,
    }
    return SigningDetails(**(fields | changes))


def sign(petition, **changes):
    return signing.sign(petition, petition.text("it"), details(**changes))


def test_new_address_waits_for_confirmation():
    petition = make_petition()
    sign(petition)
    assert Signature.objects.get().state == "pending"


def test_signing_keeps_what_was_signed():
    petition = make_petition()
    signature = sign(petition)
    petition.texts.update(body="Something else entirely.")
    assert Signature.objects.get(pk=signature.pk).signed_text.body == "We ask you (en)."


def test_two_signers_share_one_signed_text():
    petition = make_petition()
    sign(petition)
    sign(petition, email="ugo@mail.example")
    assert SignedText.objects.count() == 1


def test_alias_of_known_address_is_the_same_signature():
    petition = make_petition()
    sign(petition, email="elena.marchi@gmail.com")
    sign(petition, email="ElenaMarchi+news@googlemail.com")
    assert Signature.objects.count() == 1


def test_mail_goes_to_the_address_as_typed():
    sign(make_petition(), email="Elena+petition@mail.example")
    assert Email.objects.get().to == ["Elena+petition@mail.example"]


def test_signing_again_before_confirming_mends_the_name():
    petition = make_petition()
    sign(petition, name="Elna")
    sign(petition, name="Elena")
    assert Signature.objects.get().name == "Elena"


def test_signing_again_after_confirming_changes_nothing():
    petition = make_petition()
    signing.confirm(sign(petition, name="Elena"))
    sign(petition, name="Somebody Else", visibility="full", wants_updates=True)
    signature = Signature.objects.get()
    assert (signature.name, signature.visibility, signature.wants_updates) == ("Elena", "initial", False)


def test_signing_again_after_confirming_mails_another_text():
    petition = make_petition()
    signing.confirm(sign(petition))
    sign(petition)
    first, second = Email.objects.order_by("pk")
    assert "/confirm/" in first.message
    assert "/confirm/" not in second.message


def test_sixth_mail_is_not_sent():
    petition = make_petition()
    for _ in range(7):
        sign(petition)
    assert Email.objects.count() == 5


def test_stopped_address_gets_no_more_mail():
    petition = make_petition()
    signing.stop_mails(sign(petition))
    sign(petition)
    assert Email.objects.count() == 1


def test_confirming_counts_once():
    signature = sign(make_petition())
    assert [signing.confirm(signature), signing.confirm(signature)] == [True, False]
    assert CountDelta.objects.count() == 1


def test_confirming_takes_four_statements_at_most(django_assert_max_num_queries):
    signature = sign(make_petition())
    with django_assert_max_num_queries(5):  # two of them open and close the transaction's savepoint in tests
        signing.confirm(signature)


def test_comment_waits_until_the_signature_is_confirmed():
    signature = sign(make_petition(), comment="Because.")
    assert not Comment.objects.waiting().exists()
    signing.confirm(signature)
    assert Comment.objects.waiting().exists()


def test_withdrawing_takes_the_name_out_of_the_count():
    signature = sign(make_petition())
    signing.confirm(signature)
    signing.withdraw(signature)
    assert counting.exact_count(signature.petition) == 0


def test_withdrawing_twice_counts_once():
    signature = sign(make_petition())
    signing.confirm(signature)
    assert [signing.withdraw(signature), signing.withdraw(signature)] == [True, False]
    assert counting.exact_count(signature.petition) == 0


def test_withdrawn_signer_may_sign_again():
    petition = make_petition()
    signature = sign(petition)
    signing.confirm(signature)
    signing.withdraw(signature)
    signing.confirm(sign(petition))
    assert counting.exact_count(petition) == 1


def test_invalidated_signature_cannot_be_confirmed_again():
    signature = make_signature(state="invalidated")
    assert signing.confirm(signature) is False


def test_withdrawing_hides_the_comment():
    signature = make_signature()
    make_comment(signature.petition, signature=signature)
    signing.withdraw(signature)
    assert not Comment.objects.visible().exists()


def test_changing_the_city_moves_the_count():
    signature = sign(make_petition())
    signing.confirm(signature)
    signing.change(signature, city="Daegu", country="KR")
    counting.roll_up()
    cities = counting.read_counts([signature.petition_id], ["IT:milano", "KR:daegu"])[signature.petition_id].cities
    assert cities == {"IT:milano": 0, "KR:daegu": 1}


def test_erasing_leaves_no_row_of_the_signer():
    petition = make_petition()
    signature = sign(petition, comment="Because.")
    signing.confirm(signature)
    Email.objects.update(status=0)
    signing.erase(signature)
    assert (Signature.objects.count(), Comment.objects.count(), Email.objects.count()) == (0, 0, 0)


def test_erasing_takes_the_name_out_of_the_count():
    signature = sign(make_petition())
    signing.confirm(signature)
    signing.erase(signature)
    assert counting.exact_count(signature.petition) == 0


def test_own_data_holds_text_and_consent():
    data = signing.own_data(sign(make_petition(), comment="Because."))
    assert "the Mayor of Milan" in data["signed_text"]["consent"]
    assert data["comments"][0]["text"] == "Because."


def test_own_data_is_json():
    assert json.loads(json.dumps(signing.own_data(make_signature())))["email"].endswith(".example")
