"""Places people live in: all of them in the list, under the names people there use, in every language."""

from datetime import date

import phonenumbers
import pytest
from django.conf import settings
from django.utils.translation import override
from django_countries import countries

from campaigns.calls.dialling import caller_from, dialled_from
from campaigns.letters.postal import paper_size, postal_address
from campaigns.rules.holidays import public_holidays
from petitions.country_select import _countries_in

from ..factories import make_campaign, make_petition, make_signature
from ..petitions.test_captcha import FORM

LANGUAGES = [code for code, _name in settings.LANGUAGES]
NAMES = {
    "XK": ("Kosovo", "Kosovo", "코소보"),
    "TW": ("Taiwan", "Taiwan", "대만"),
    "GG": ("Guernsey", "Guernsey", "건지"),
    "JE": ("Jersey", "Jersey", "저지"),
    "IM": ("Isle of Man", "Isola di Man", "맨섬"),
    "AX": ("Åland Islands", "Isole Åland", "올란드 제도"),
    "EH": ("Western Sahara", "Sahara Occidentale", "서사하라"),
    "MK": ("North Macedonia", "Macedonia del Nord", "북마케도니아"),
    "SZ": ("Eswatini", "Eswatini", "에스와티니"),
}
# As people say, not as governments: their translations are ours.
SHORT = {"HK": "Hong Kong", "MO": "Macao", "PS": "Palestine"}
# Below these stand Northern Cyprus, Somaliland, Transnistria, Abkhazia and South Ossetia, the Canary Islands.
STANDS_FOR_OTHERS = ("CY", "SO", "MD", "GE", "ES")


@pytest.mark.parametrize("code", NAMES)
def test_place_has_its_name_in_every_language(code):
    for language, expected in zip(("en", "it", "ko"), NAMES[code], strict=True):
        with override(language):
            assert dict(_countries_in(language))[code] == countries.name(code) == expected


@pytest.mark.parametrize("code", SHORT)
def test_place_is_called_as_people_there_call_it(code):
    with override("en"):
        assert countries.name(code) == SHORT[code]


@pytest.mark.parametrize("code", STANDS_FOR_OTHERS)
def test_country_that_stands_for_places_without_a_code_is_listed(code):
    assert code in countries


@pytest.mark.parametrize("language", [*LANGUAGES, "de", "fr", "es", "ar", "ja", "zh-hant", "ru"])
def test_no_country_is_shown_by_its_code(language):
    with override(language):
        assert [name for code, name in countries if code == name] == []


def test_korean_list_is_in_the_order_of_its_letters():
    with override("ko"):
        names = [name for _code, name in _countries_in("ko")[1:]]
    assert names.index("가나") < names.index("네팔") < names.index("대한민국") < names.index("코소보")


def test_accents_do_not_move_a_country_to_the_end():
    with override("en"):
        names = [name for _code, name in _countries_in("en")[1:]]
    assert names.index("Afghanistan") < names.index("Åland Islands") < names.index("Albania")


class TestKosovo:
    def test_numbers_can_be_dialled_from_there_and_there(self):
        caller = caller_from("XK", "", "en", 2026)
        assert caller.country_name == "Kosovo"
        assert dialled_from("XK", "+39 02 884 50136", "IT").number == "00 39 02 8845 0136"
        assert phonenumbers.country_code_for_region("XK") == 383

    def test_paper_and_address_are_known(self):
        lines = [("sq", ["Sheshi Nëna Terezë 1", "10000 Prishtinë"])]
        address = postal_address(lines, country="XK", native_language="sq", sender_country="IT", reader_language="it")
        assert address.country_lines[-1] == "KOSOVO"
        assert paper_size("XK") == "a4"

    def test_holidays_are_known(self):
        assert date(2026, 2, 17) in public_holidays("XK", 2026, "en")[1]

    @pytest.mark.django_db
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_signatures_from_there_are_shown(self, client, language):
        signature = make_signature(country="XK", city="Prishtinë", visibility="full")
        html = client.get(f"/{language}/petitions/{signature.petition.slug}/signatures/").content.decode()
        assert "Prishtinë" in html
        assert {"en": "Kosovo", "it": "Kosovo", "ko": "코소보"}[language] in html


@pytest.mark.django_db
class TestUnknownCode:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_sign_form_does_not_repeat_it(self, client, language):
        make_petition()
        response = client.post(f"/{language}/petitions/clean-air/sign/", FORM | {"country": "ZZ"})
        assert response.status_code == 422
        assert "ZZ" not in response.content.decode()

    def test_own_page_does_not_repeat_it(self, client, site):
        data = {"name": "Ada", "city": "Milano", "country": "ZZ", "visibility": "full"}
        response = client.post(f"{site.personal()[0]}change/", data)
        assert response.status_code == 422
        assert "ZZ" not in response.content.decode()

    def test_letter_does_not_repeat_it(self, client):
        campaign = make_campaign()
        response = client.post(f"/en/campaigns/{campaign.slug}/letter/", {"name": "Ada", "country": "ZZ"})
        assert response.status_code == 422
        assert "ZZ" not in response.content.decode()
