"""What is proposed to stand in public for a full name."""

import pytest

from petitions.shown_names import LONGEST, proposed_shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Elena Marchi", "Elena M."),
        ("Anna Maria Rossi", "Anna R."),
        ("Élise Ñandú", "Élise Ñ."),
        ("Sukarno", "S."),
        ("", ""),
        ("Prova, Ana", "Ana P."),
        ("De Vries, Jan", "Jan V."),
        ("Robert Prova Jr.", "Robert P."),
        ("Robert Prova, Jr.", "Robert P."),
        ("Anna Rossi II", "Anna R."),
        ("Ana (Prova)", "Ana"),
        ("Robert (Bob) Prova", "Robert P."),
        ("Dr. Ana Prova, Ph.D.", "Ana P."),
        ("M.me Dupont", "D."),
        ("D.ssa Anna Bianchi", "Anna B."),
        ("Jan de Vries", "Jan V."),
        ("J.de Vries", "J. V."),
        ("Ludwig van Beethoven", "Ludwig B."),
        ("Mohammed bin Salman", "Mohammed S."),
        ("محمد بن سلمان", "محمد س."),
        ("Bashar al-Assad", "Bashar A."),
        ("Arun s/o Raman", "Arun R."),
        ("Anna/Marco Rossi", "Anna/Marco R."),
        ("NAGY Anna", "Anna N."),
        ("नरेन्द्र मोदी", "नरेन्द्र मो."),
        ("สมชาย ใจดี", "สมชาย จ."),
        ("Yo-Yo Ma", "Yo-Yo M."),
    ],
)
def test_given_name_is_shown_and_a_letter_of_the_familys(name, shown):
    assert proposed_shown_name(name) == shown


@pytest.mark.parametrize(
    ("name", "country", "shown"),
    [
        ("Nagy Anna", "HU", "Anna N."),
        ("Dr. Nagy Anna", "HU", "Anna N."),
        ("Kiss Nagy Anna", "HU", "Anna K."),
        ("Nguyễn Thị Ánh", "VN", "Ánh N."),
        ("Nguyễn Thị Ánh", "US", "Ánh N."),
        ("Ánh Nguyễn", "VN", "Ánh N."),
        ("Hong Gil-dong", "KR", "Gil-dong H."),
        ("Gil-dong Hong", "KR", "Gil-dong H."),
        ("Kim Minji", "KR", "Minji K."),
        ("Minji Kim", "KR", "Minji K."),
        ("Wang Xiaoming", "CN", "Xiaoming W."),
    ],
)
def test_family_said_first_is_hidden_by_the_custom_of_the_country(name, country, shown):
    assert proposed_shown_name(name, country) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("홍길동", "홍○○"),
        ("홍 길동", "홍○○"),
        ("길동 홍", "홍○○"),
        ("이 순", "이○○"),
        ("남궁민수", "남궁○○"),
        ("김민지 (Minji Kim)", "김○○"),
        ("마리아 로시", "마리아 ○○"),
        ("王小明", "王○○"),
        ("欧阳娜娜", "欧阳○○"),
        ("山田 太郎", "山田○○"),
        ("はるか", "は○○"),
        ("マリア・ロッシ", "マリア・○○"),
        ("乔治·布什", "乔治·○○"),
    ],
)
def test_rings_stand_for_a_given_name_in_east_asia(name, shown):
    assert proposed_shown_name(name) == shown


def test_proposal_is_cut_between_characters_as_readers_see_them():
    shown = proposed_shown_name("e\u0323\u0304" * 50 + " Rossi")
    assert len(shown) <= LONGEST
    assert shown.removesuffix(" R.").endswith("e\u0323\u0304")
