"""The table of spellings: which are the city, and which only look like it."""

import pytest

from petitions.places import KnownPlace, KnownPlaces, city_key


def known(pk, country, *names, beside=()):
    return KnownPlace(pk, country, frozenset(map(city_key, names)), frozenset(beside))


MILAN = known(1, "IT", "Milano", "Milan", "밀라노", "Mailand", "ミラノ", beside=("mi", "milano"))
DAEGU = known(2, "KR", "대구", "Daegu", "Taegu", "大邱")
GWANGJU = known(3, "KR", "광주", "Gwangju", "Kwangju")
SUWON = known(4, "KR", "수원", "Suwon")
SAN_ANTONIO = known(5, "US", "San Antonio", "샌안토니오", beside=("tx", "texas"))
SAN_DIEGO = known(6, "US", "San Diego", beside=("ca", "california"))
ATLANTA = known(7, "US", "Atlanta", beside=("ga", "georgia"))
FREIBURG = known(8, "DE", "Freiburg im Breisgau", "Freiburg", "Freiburg i. Br.", beside=("bw", "baden wurttemberg"))
BIEL = known(9, "CH", "Biel/Bienne", "Biel", "Bienne", beside=("be", "bern"))
ROME = known(10, "IT", "Roma", "Rome", beside=("rm", "roma"))
PLACES = KnownPlaces([MILAN, DAEGU, GWANGJU, SUWON, SAN_ANTONIO, SAN_DIEGO, ATLANTA, FREIBURG, BIEL, ROME])

MEANT = {
    MILAN: """
        Milano | MILANO | milàno | Milan | 밀라노 | 밀라노시 | ミラノ | ミラノ市 | MILANO MI | Milano (MI)
        Milano, MI | Milano/MI | 20121 Milano | Milano 20121 | 20121, Milano | I-20121 Milano
        20121 Milano MI | 20121 Milano (MI) Italia | Milano Italia | Milano, Italia | Milano (Italia)
        Milan, Italy | Milan Italy | Italia Milano | Italy, Milan | Milano - Lambrate | Milano – Lambrate
        Milano — Città Studi | Milano - Lambrate (MI) | 이탈리아 밀라노 | 밀라노, 이탈리아
        Comune di Milano | Città di Milano | City of Milan | Milano città | Milano centro | Milano IT
        Milano ITALY | Milano, via Verdi 5 | Milano, Mi, Italia | Milan (Milano) | Mailand, Italien
    """,
    DAEGU: """
        대구 | 대구시 | 대구광역시 | 대구 광역시 | 대구 수성구 | 대구광역시 달서구 | 대구광역시달서구
        대구수성구 | 대구시 북구 | 대구 달성군 화원읍 | 대구 수성구 범어동 | 대한민국 대구 | 한국 대구광역시
        대구, 대한민국 | 대구, 수성구 | 수성구, 대구 | Daegu | DAEGU | Daegu-si | Daegu Si | Daegu City
        Daegu Metropolitan City | Daegu, South Korea | Daegu, Korea | Daegu (South Korea)
        Daegu South Korea | Suseong-gu, Daegu | Suseong-gu Daegu | Daegu Suseong-gu | Daegu - Suseong
        Dalseo-gu, Daegu, Republic of Korea | Taegu | 大邱 | 大邱市 | 42000 대구 | Daegu, Corea del Sud
    """,
    GWANGJU: "광주 | 광주광역시 | 광주 북구 | 광주광역시 광산구 | Gwangju | Gwangju, South Korea | Buk-gu, Gwangju",
    SUWON: """
        수원 | 수원시 | 수원특례시 | 경기도 수원시 | 경기도 수원시 팔달구 | 경기 수원 | Suwon, Gyeonggi-do
        Suwon-si, Gyeonggi
    """,
    SAN_ANTONIO: """
        San Antonio | SAN ANTONIO TX | San Antonio, TX | San Antonio, Texas | San Antonio, Texas, USA
        san antonio usa | San Antonio TX 78205 | San Antonio, TX 78205 | City of San Antonio
        미국 샌안토니오 | San Antonio (Texas) | San Antonio - TX
    """,
    SAN_DIEGO: """
        San Diego | San Diego CA | San Diego, California | San Diego 92101-1234
        San Diego, CA, United States
    """,
    ATLANTA: "Atlanta | Atlanta GA | Atlanta, Georgia | Atlanta Georgia USA | Atlanta, GA, U.S.A.",
    FREIBURG: """
        Freiburg | Freiburg im Breisgau | Freiburg i.Br. | Freiburg i. Br. | 79100 Freiburg
        D-79100 Freiburg | Freiburg, Deutschland | Freiburg (Germany) | Stadt Freiburg
        Freiburg, Baden-Württemberg
    """,
    BIEL: """
        Biel/Bienne | Biel | Bienne | Bienne/Biel | 2502 Biel | CH-2502 Biel | Biel (BE) | Biel, Schweiz
    """,
}
OTHERS = {
    "IT": """
        Milano Marittima | Milano Due | Milano 2 | Milano 3 | Milano (MB) | Milano - MB | Monza (Milano)
        Vigevano, Milano | Sesto San Giovanni - Milano | Provincia di Milano | Milano provincia
        Bergamo, Milano | Milano - Roma | Milano/Roma | Milano - Svizzera | Milan, Michigan | Lodi
        Milanello | Novate Milanese | Nuova Milano | San Giuliano Milanese | MI | Milano, Lambrate | Daegu
        대구
    """,
    "US": """
        Milan | Milan, Michigan | Milan MI | Milano | Milano, Texas | New Milan | San Diego Country Estates
        San Diego County | San Diego, Texas | San Diego TX | San Antonio, FL | San Antonio, Florida
        San Antonio FL 33576 | San Antonio Heights | San Antonio - Florida | Atlanta, Michigan | Atlanta TX
        Atlantic City | North Atlanta | New Atlanta | Texas | USA
    """,
    "KR": """
        경기도 광주시 | 경기 광주 | 광주시 | 광주 시 | 경기도 광주 | Gwangju, Gyeonggi-do
        Gwangju-si, Gyeonggi | 강진군 대구면 | 대구면 | 대구동 | 대구리 | 경북 경산시 | 경산 | 서울
        부산 대구 | Daegu Busan | 대구 부산 | 동대구 | 대구대학교 | 수성구 | Suseong-gu | 대한민국 | 광주군
        Milano
    """,
    "DE": """
        Freiburg (Elbe) | Freiburg/Elbe | Freiburg an der Elbe | Freiburg, Elbe | Freiburg - Schweiz
        Freiburger Straße | Freyburg
    """,
    "CH": "Freiburg | Fribourg | Biel (VS) | Biel, Wallis | Biel-Benken",
    "MX": "San Antonio | San Diego",
    "XK": "Milano",
}


def cases(table):
    return [
        (of, text.strip())
        for of, texts in table.items()
        for text in texts.replace("\n", "|").split("|")
        if text.strip()
    ]


@pytest.mark.parametrize(("place", "spelling"), cases(MEANT), ids=lambda value: value if isinstance(value, str) else "")
def test_spelling_is_its_city(place, spelling):
    assert PLACES.meant(place.country, city_key(spelling)) == place.pk


@pytest.mark.parametrize(("country", "spelling"), cases(OTHERS))
def test_false_friend_is_not_taken_for_a_city(country, spelling):
    assert PLACES.meant(country, city_key(spelling)) is None


@pytest.mark.parametrize("spelling", ["Portland", "Portland USA"])
def test_name_of_two_cities_is_neither(spelling):
    oregon = known(1, "US", "Portland", beside=("or", "oregon"))
    maine = known(2, "US", "Portland", beside=("me", "maine"))
    both = KnownPlaces([oregon, maine])
    assert both.meant("US", city_key(spelling)) is None
    assert both.meant("US", city_key("Portland, Maine")) == maine.pk


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        (" MILANO (MI)", "milano, mi"),
        ("20121 Milano", "milano"),
        ("Milano, via Verdi 5", "milano"),
        ("Milano –  Lambrate", "milano - lambrate"),
        ("Zürich", "zurich"),
        ("San  Antonio", "san antonio"),
        ("St. Louis", "st louis"),
        ("Wilkes-Barre", "wilkes barre"),
        ("대구", "대구"),
        ("(Milano)", "milano"),
        ("-", ""),
    ],
)
def test_key_of_a_spelling(spelling, key):
    assert city_key(spelling) == key


def test_marks_of_other_scripts_are_kept_in_keys():
    assert city_key("はが") != city_key("はか")


def test_key_fits_its_column():
    assert len(city_key("ﷺ" * 100)) <= 100
