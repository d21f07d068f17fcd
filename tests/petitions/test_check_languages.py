"""Rows in no language are found."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from campaigns.models import Evidence
from petitions.models import PetitionText

from ..factories import make_campaign, make_petition

pytestmark = pytest.mark.django_db


def said():
    out = StringIO()
    call_command("check_languages", stdout=out)
    return out.getvalue()


def test_wrong_row_is_named():
    make_petition()
    PetitionText.objects.update(language="<b>!! deutsch")
    assert f"petitions.PetitionText {PetitionText.objects.get().pk}: language '<b>!! deutsch'" in said()


def test_row_without_a_page_of_its_own_leads_to_its_owners():
    petition = make_petition()
    PetitionText.objects.update(language="<b>!! deutsch")
    assert reverse("admin:petitions_petition_change", args=[petition.pk]) in said()


def test_list_of_languages_is_looked_at_too():
    Evidence.objects.create(
        campaign=make_campaign(), kind="press", source="A paper", dated_on="2026-01-01", source_languages="ko english"
    )
    assert "source_languages 'ko english'" in said()


def test_right_rows_are_not_named():
    make_petition()
    assert "Every row is in a language that is known." in said()
