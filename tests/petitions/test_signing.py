"""The signer's acts and what the database holds after them."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from petitions import commenting, counting, following, personal_data, signing
from petitions.links import open_token, token_for
from petitions.models import Comment, Count, CountDelta, Follower, OutboxMail, Signature, SignedText
from petitions.signing import SigningDetails

from ..factories import make_comment, make_petition, make_signature
from ..outbox import send_all, waiting_mails

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
    assert [mail.to for mail in waiting_mails()] == [["Elena+petition@mail.example"]]


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
    signature = sign(petition)
    (first,) = waiting_mails()
    send_all()
    signing.confirm(signature)
    sign(petition)
    (second,) = waiting_mails()
    assert "/confirm/" in first.body
    assert "/confirm/" not in second.body


def test_mail_that_still_waits_serves_the_next_signing_too():
    petition = make_petition()
    sign(petition)
    sign(petition)
    assert OutboxMail.objects.count() == 1


def test_sixth_mail_of_a_day_is_not_sent():
    petition = make_petition()
    for _ in range(7):
        sign(petition)
        send_all()
    assert OutboxMail.objects.count() == 5


def test_owner_of_an_address_typed_by_strangers_gets_a_link_the_next_day():
    petition = make_petition()
    for _ in range(7):
        sign(petition)
        send_all()
    OutboxMail.objects.update(created_at=timezone.now() - timedelta(hours=25))
    sign(petition)
    assert OutboxMail.objects.waiting().count() == 1


def test_stopped_address_gets_no_more_mail():
    petition = make_petition()
    signing.stop_mails(sign(petition))
    sign(petition)
    assert waiting_mails() == []


def test_confirming_counts_once():
    signature = sign(make_petition())
    assert [signing.confirm(signature), signing.confirm(signature)] == [True, False]
    assert CountDelta.objects.count() == 1


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
    cities = Count.objects.filter(dimension="city").values_list("key", "count")
    assert dict(cities) == {"IT:milano": 0, "KR:daegu": 1}


def test_erasing_leaves_no_row_of_the_signer():
    petition = make_petition()
    signature = sign(petition, comment="Because.")
    signing.confirm(signature)
    personal_data.erase(signature)
    assert (Signature.objects.count(), Comment.objects.count(), OutboxMail.objects.count()) == (0, 0, 0)


def test_erasing_takes_the_name_out_of_the_count():
    signature = sign(make_petition())
    signing.confirm(signature)
    personal_data.erase(signature)
    assert counting.exact_count(signature.petition) == 0


def test_own_data_holds_text_and_consent():
    data = personal_data.own_data(sign(make_petition(), comment="Because."))
    assert "the Mayor of Milan" in data["signed_text"]["consent"]
    assert data["comments"][0]["text"] == "Because."


def test_own_data_is_json():
    assert json.loads(json.dumps(personal_data.own_data(make_signature())))["email"].endswith(".example")


def test_mail_for_a_confirmed_signature_goes_to_its_own_address_only():
    petition = make_petition()
    signing.confirm(sign(petition, email="victim@mail.example"))
    send_all()
    sign(petition, email="victim+mallory@mail.example")
    assert [mail.to for mail in waiting_mails()] == [["victim@mail.example"]]


def test_link_dies_when_another_address_takes_a_pending_signature_over():
    petition = make_petition()
    first = token_for(sign(petition, email="elena+first@mail.example"))
    sign(petition, email="elena@mail.example")
    assert open_token(Signature.objects.all(), first) is None


def test_second_comment_before_confirming_takes_the_place_of_the_first():
    petition = make_petition()
    sign(petition, comment="A stranger's words.")
    sign(petition, comment="My words.")
    assert Comment.objects.get().text == "My words."


def test_shown_name_that_changes_sends_comments_back_to_the_moderators():
    signature = make_signature()
    make_comment(signature.petition, signature=signature)
    signing.change(signature, name="Mayor Somebody Else", visibility="full")
    assert Comment.objects.get().state == "pending"


def test_hiding_the_name_leaves_comments_approved():
    signature = make_signature()
    make_comment(signature.petition, signature=signature)
    signing.change(signature, visibility="hidden")
    assert Comment.objects.get().state == "approved"


def test_erased_invalidated_signer_is_marked_for_review_the_next_time():
    petition = make_petition()
    personal_data.erase(make_signature(petition, state="invalidated", email="elena@mail.example"))
    sign(petition)
    assert Signature.objects.get().review_reason == "invalidated before"


def test_stopped_address_gets_no_mail_through_any_form():
    petition = make_petition()
    signing.stop_mails(sign(petition))
    following.follow(petition, email="elena+x@mail.example", language="en")
    commenting.comment_unsigned(petition, name="Ugo", email="elena@mail.example", text="Yes.", language="en")
    assert waiting_mails() == []


def test_erasing_takes_unsigned_comments_and_following_of_the_address_too():
    petition = make_petition()
    signature = sign(petition)
    following.follow(petition, email="elena+x@mail.example", language="en")
    commenting.comment_unsigned(petition, name="Ugo", email="elena@mail.example", text="Yes.", language="en")
    personal_data.erase(signature)
    assert (Comment.objects.count(), Follower.objects.count()) == (0, 0)


def test_erasing_twice_says_that_it_is_gone():
    signature = make_signature()
    personal_data.erase(signature)
    with pytest.raises(Signature.DoesNotExist):
        personal_data.erase(signature)
