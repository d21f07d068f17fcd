"""Spellings count for the places they mean, exactly, whatever is decided about them."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from petitions import counting, signing, spellings
from petitions.models import Place, Spelling, StaffAct

from ..factories import make_petition, make_place, make_signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return User.objects.create_user("organizer")


def signed(petition, *cities, country="IT"):
    for city in cities:
        signing.confirm(make_signature(petition, state="pending", city=city, country=country))
    counting.roll_up()
    while spellings.read_new():
        pass


def counted(petition, place, **options):
    return counting.read_counts([petition.pk], {petition.pk: [place.pk]}, **options)[petition.pk].in_place(place.pk)


def test_what_signers_write_is_counted_for_the_city_they_mean():
    petition, milan = make_petition(), make_place("Milano", "Milan", beside=["MI"])
    signed(petition, "Milano", "20121 Milano", "MILANO MI", "Milano Italia", "Milano - Lambrate", "Milano Marittima")
    assert counted(petition, milan) == 5


def test_namesake_in_another_country_is_not_counted():
    petition, milan = make_petition(), make_place("Milano", "Milan")
    signed(petition, "Milan", country="US")
    assert counted(petition, milan) == 0


def test_known_spelling_is_counted_before_the_roll_up():
    petition, milan = make_petition(), make_place("Milano")
    signing.confirm(make_signature(petition, state="pending"))
    assert counted(petition, milan, with_waiting=True) == 1


def test_new_name_counts_those_who_wrote_it_before():
    petition, milan = make_petition(), make_place("Milano")
    signed(petition, "Mediolanum", "Mediolanum, Italia")
    spellings.settle(milan, names=["Milano", "Mediolanum"])
    while spellings.read_new():
        pass
    assert counted(petition, milan) == 2


def test_name_taken_away_counts_nobody_any_more():
    petition, milan = make_petition(), make_place("Milano", "Mediolanum")
    signed(petition, "Mediolanum", "Mediolanum, Italia", "Milano Italia")
    spellings.settle(milan, names=["Milano"])
    while spellings.read_new():
        pass
    assert counted(petition, milan) == 1


def test_name_of_two_places_stays_with_the_first():
    petition = make_petition()
    oregon, maine = make_place("Portland", country="US"), make_place("Portland", country="US", beside=["Maine"])
    signed(petition, "Portland", "Portland, Maine", country="US")
    assert (counted(petition, oregon), counted(petition, maine)) == (1, 1)


def test_settling_twice_changes_nothing():
    milan = make_place("Milano", "Milan")
    before = set(Spelling.objects.values_list("pk", flat=True))
    spellings.settle(milan, names=["Milano", "Milan"])
    assert set(Spelling.objects.values_list("pk", flat=True)) == before


def test_place_that_moves_to_another_country_takes_its_names_along():
    petition, milan = make_petition(), make_place("Milano")
    signed(petition, "Milano Italia")
    milan.country = "CH"
    spellings.settle(milan, names=["Milano"])
    assert set(Spelling.objects.values_list("country", "key")) == {("CH", "milano")}
    assert counted(petition, milan) == 0


class TestAdopting:
    def test_counts_all_who_have_written_so(self, staff):
        petition, milan = make_petition(), make_place("Milano")
        signed(petition, "Milan l'è on gran Milan", "Milan l'è on gran Milan", "Milano")
        assert counted(petition, milan) == 1
        assert spellings.adopt(milan, "milan l e on gran milan", staff)
        assert counted(petition, milan) == 3
        assert counting.recount() == []

    def test_leaves_a_line_in_the_log(self, staff):
        spellings.adopt(make_place("Milano"), "meneghina", staff)
        assert StaffAct.objects.filter(verb="adopt", note="meneghina → Milano (IT)").exists()

    def test_is_undone_by_taking_away(self, staff):
        petition, milan = make_petition(), make_place("Milano")
        signed(petition, "Meneghina")
        spellings.adopt(milan, "meneghina", staff)
        assert spellings.take_away(milan, "meneghina", staff)
        assert counted(petition, milan) == 0
        assert StaffAct.objects.filter(verb="take away").exists()

    def test_twice_is_once(self, staff):
        milan = make_place("Milano")
        assert [spellings.adopt(milan, "meneghina", staff) for _ in range(2)] == [True, False]
        assert StaffAct.objects.count() == 1

    def test_of_what_another_city_counts_is_refused(self, staff):
        milan, rome = make_place("Milano"), make_place("Roma")
        assert not spellings.adopt(milan, "roma", staff)
        assert Spelling.objects.get(key="roma").place == rome

    def test_outlives_a_change_of_names(self, staff):
        milan = make_place("Milano")
        spellings.adopt(milan, "meneghina", staff)
        spellings.settle(milan, names=["Milano", "Milan"])
        assert Spelling.objects.filter(key="meneghina", is_counted=True).exists()

    def test_what_was_taken_away_is_not_read_again(self, staff):
        petition, milan = make_petition(), make_place("Milano")
        signed(petition, "Milano Italia")
        assert spellings.take_away(milan, "milano italia", staff)
        spellings.settle(milan, names=["Milano"])
        while spellings.read_new():
            pass
        assert counted(petition, milan) == 0

    def test_name_of_a_city_is_not_taken_away(self, staff):
        assert not spellings.take_away(make_place("Milano"), "milano", staff)


class TestUnmatched:
    def test_most_written_first_and_never_what_one_alone_wrote(self):
        petition, milan = make_petition(), make_place("Milano")
        signed(petition, "Lodi", "Lodi", "Monza", "Monza", "Monza", "Private words", "Milano", "Milano")
        assert [(each.key, each.count) for each in spellings.unmatched(milan, [petition.pk])] == [
            ("monza", 3),
            ("lodi", 2),
        ]

    def test_of_other_countries_and_petitions_none(self):
        petition, milan = make_petition(), make_place("Milano")
        signed(petition, "Lodi", "Lodi", country="US")
        signed(make_petition("other"), "Monza", "Monza")
        assert spellings.unmatched(milan, [petition.pk]) == []

    def test_adopted_is_no_longer_among_them(self, staff):
        petition, milan = make_petition(), make_place("Milano")
        signed(petition, "Lodi", "Lodi")
        spellings.adopt(milan, "lodi", staff)
        assert spellings.unmatched(milan, [petition.pk]) == []

    def test_taken_away_is_among_them_again(self, staff):
        petition, milan = make_petition(), make_place("Milano")
        signed(petition, "Lodi", "Lodi")
        spellings.adopt(milan, "lodi", staff)
        spellings.take_away(milan, "lodi", staff)
        assert [each.key for each in spellings.unmatched(milan, [petition.pk])] == ["lodi"]


class TestReading:
    def test_with_nothing_new_takes_two_statements(self, django_assert_num_queries):
        signed(make_petition(), "Milano")
        make_place("Milano")
        spellings.read_new()
        with django_assert_num_queries(2 + 2):  # and the savepoint of a test
            assert spellings.read_new() == 0

    def test_goes_on_where_it_stopped(self, monkeypatch):
        monkeypatch.setattr(spellings, "COUNTS_A_ROUND", 2)
        petition, milan = make_petition(), make_place("Milano")
        signed(
            petition, "Milano Italia", "Milano, Italia", "Milano (Italia)", "Milano - Lambrate", "20121 Milano Italia"
        )
        assert counted(petition, milan) == 5


def test_database_holds_that_a_spelling_counts_once():
    rome = make_place("Roma")
    make_place("Milano")
    with pytest.raises(IntegrityError), transaction.atomic():
        Spelling.objects.create(place=rome, country="IT", key="milano", source="adopted")
    assert Place.objects.count() == 2
