"""Rows in no language are found."""

from io import StringIO

import pytest
from django.core.management import call_command

from petitions.models import PetitionText

from ..factories import make_petition

pytestmark = pytest.mark.django_db


def said():
    out = StringIO()
    call_command("check_languages", stdout=out)
    return out.getvalue()


def test_wrong_row_is_named():
    make_petition()
    PetitionText.objects.update(language="<b>!! deutsch")
    assert f"petitions.PetitionText {PetitionText.objects.get().pk}: language '<b>!! deutsch'" in said()


def test_right_rows_are_not_named():
    make_petition()
    assert "Every row is in a language that is known." in said()
