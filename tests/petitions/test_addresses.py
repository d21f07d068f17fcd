"""E-mail addresses: what can be written to, and which are one mailbox."""

import pytest
from django.core.exceptions import ValidationError

from petitions.addresses import canonical_address, checked_address
from petitions.models import DomainRule

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("Elena.Marchi+x@GoogleMail.com", "elenamarchi@gmail.com"),
        ("elena.marchi@mail.example", "elena.marchi@mail.example"),
        ("elena+news@mail.example", "elena@mail.example"),
        ("ｅｌｅｎａ@mail.example", "elena@mail.example"),
        ("elena@straße.example", "elena@xn--strae-oqa.example"),
        ("elena@münchen.example", "elena@xn--mnchen-3ya.example"),
    ],
)
def test_mailbox_has_one_canonical_address(typed, canonical):
    assert canonical_address(typed) == canonical


def test_organizer_rule_applies_to_its_domain():
    DomainRule.objects.create(domain="dots.example", strips_dots=True)
    assert canonical_address("a.b+c@dots.example") == "ab+c@dots.example"


@pytest.mark.parametrize(
    "typed",
    ["elena", "elena@", "@mail.example", "a b@mail.example", "a@b", "a\r\nBcc: x@mail.example", "a\0@mail.example"],
)
def test_address_nobody_can_write_to_is_refused(typed):
    with pytest.raises(ValidationError):
        checked_address(typed)


def test_plus_address_is_welcome():
    assert checked_address("elena+petition@mail.example") == "elena+petition@mail.example"


def test_address_is_kept_in_the_letters_it_is_sent_in():
    assert checked_address("elena@straße.example") == "elena@xn--strae-oqa.example"
