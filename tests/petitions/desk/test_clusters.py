"""What says the same, or nearly, is found by an index; what an author wrote, without reading an address."""

import pytest

from petitions.desk.clusters import alike, by_author, look_at_new
from petitions.desk.likeness import BANDS_ALIKE, word_bands, words_hash
from petitions.models import Comment

from ...factories import make_comment, make_petition, make_signature, make_staff

LONG = "Nobody should travel to the city until it ends, say all whom I know in Milan."
NEARLY = "Nobody should travel to this city until it ends, say all whom I know in Milano!"
OTHER = "A sister city can say what a stranger cannot. I hope that Milan does it soon."


def shared(one, other):
    return len(set(word_bands(one)) & set(word_bands(other)))


def test_capitals_spaces_and_signs_make_no_other_text():
    assert words_hash("Stop it, NOW!") == words_hash(" stop it  now")
    assert words_hash("Stop it now") != words_hash("Stop it not")


def test_signs_alone_are_told_apart():
    assert words_hash("!!!") != words_hash("???")


def test_nearly_equal_texts_share_bands_and_others_do_not():
    assert shared(LONG, NEARLY) >= BANDS_ALIKE
    assert shared(LONG, OTHER) == 0


@pytest.mark.django_db
class TestWaiting:
    def make(self, *texts, **fields):
        petition = make_petition()
        rows = [make_comment(petition, **({"state": "pending", "text": text} | fields)) for text in texts]
        look_at_new()
        return rows

    def test_same_and_nearly_same_words_are_told_apart(self):
        mine, same, near, _other = self.make(LONG, LONG.upper(), NEARLY, OTHER)
        found = alike([mine.pk], 0)[mine.pk]
        assert (found.same, found.near) == ([same.pk], [near.pk])

    def test_decided_comments_are_not_alike(self):
        mine, _same = self.make(LONG, LONG)
        Comment.objects.exclude(pk=mine.pk).update(state="rejected")
        assert alike([mine.pk], 0) == {}

    def test_what_another_moderator_holds_is_left_out(self):
        from petitions.desk.claims import Scope, take

        mine, _same = self.make(LONG, LONG)
        take(make_staff("Moderators", "ben"), Scope(), start=mine.pk + 1)
        assert alike([mine.pk], 0) == {}

    def test_every_comment_is_looked_at_once(self):
        self.make(LONG, OTHER)
        assert look_at_new() == 0

    def test_unconfirmed_words_are_not_looked_at(self):
        self.make(LONG, confirmed_at=None)
        assert not Comment.objects.filter(words_hash__isnull=False).exists()


@pytest.mark.django_db
class TestAuthor:
    def test_signed_and_unsigned_words_of_one_address_come_together(self):
        signature = make_signature(email="rosa@mail.example")
        mine = make_comment(signature.petition, state="pending", signature=signature)
        unsigned = make_comment(make_petition("other"), canonical_email="rosa@mail.example")
        make_comment(signature.petition, canonical_email="else@mail.example")
        assert by_author([mine.pk]) == {mine.pk: [unsigned.pk]}
        assert by_author([unsigned.pk]) == {unsigned.pk: [mine.pk]}

    def test_forgotten_addresses_are_nobody_in_common(self):
        petition = make_petition()
        rows = [make_comment(petition, email="", canonical_email="") for _ in range(2)]
        assert by_author([row.pk for row in rows]) == {}
