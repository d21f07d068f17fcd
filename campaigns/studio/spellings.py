"""How signers write a city: what counts for it, what could, and deciding about one with one press."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from petitions import spellings
from petitions.models import Spelling
from petitions.spellings import Written

from ..models import Campaign, City
from ..staff.problems import Problem

# Below this, two words are alike by chance: Monza and Milano.
ALIKE = 0.75
SHORTEST_NAME = 2


class SpellingsOf:
    """What signers of a city's campaigns wrote, in its own country."""

    def __init__(self, city: City, petitions: list[int] | None = None) -> None:
        self.city = city
        if petitions is not None:
            self.petitions = petitions

    @cached_property
    def petitions(self) -> list[int]:
        campaigns = Campaign.objects.filter(Q(asked_city=self.city) | Q(other_city=self.city))
        return list(campaigns.order_by().values_list("petition_id", flat=True).distinct())

    @cached_property
    def names(self) -> list[str]:
        keys = Spelling.objects.filter(place=self.city.place, source=Spelling.Source.NAME)
        return list(keys.order_by("key").values_list("key", flat=True))

    @cached_property
    def unmatched(self) -> list[Written]:
        return spellings.unmatched(self.city.place, self.petitions) if self.city.place else []

    @cached_property
    def counted(self) -> list[Written]:
        return spellings.counted(self.city.place, self.petitions) if self.city.place else []

    @cached_property
    def likely(self) -> list[Written]:
        return [written for written in self.unmatched if self._is_alike(written.key)]

    @property
    def others(self) -> list[Written]:
        return [written for written in self.unmatched if written not in self.likely]

    def _is_alike(self, key: str) -> bool:
        names = [name for name in self.names if len(name) >= SHORTEST_NAME]
        return any(name in key or SequenceMatcher(None, name, key).ratio() >= ALIKE for name in names)


class SpellingForm(forms.Form):
    """One of its two buttons was pressed: `adopt` or `take_away`, with the spelling."""

    adopt = forms.CharField(required=False, max_length=100)
    take_away = forms.CharField(required=False, max_length=100)

    def __init__(self, *args: Any, spellings: SpellingsOf, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spellings = spellings

    @cached_property
    def chosen(self) -> Written | None:
        """Only what the page shows can be decided: nobody counts words that nobody wrote."""
        adopted, taken = self.cleaned_data.get("adopt"), self.cleaned_data.get("take_away")
        rows = self.spellings.unmatched if adopted else self.spellings.counted
        return next((row for row in rows if row.key == (adopted or taken)), None)

    def clean(self) -> dict[str, Any]:
        if self.chosen is None:
            raise ValidationError("no such spelling", code="spelling")
        return self.cleaned_data

    def decide(self, actor: AbstractBaseUser) -> bool:
        place = self.spellings.city.place
        assert place
        assert self.chosen
        act = spellings.adopt if self.cleaned_data["adopt"] else spellings.take_away
        return act(place, self.chosen.key, actor)

    @property
    def said(self) -> str:
        assert self.chosen
        details = {"spelling": self.chosen.key, "city": self.spellings.city.native_name, "count": self.chosen.count}
        if self.cleaned_data["adopt"]:
            message = ngettext(
                "“%(spelling)s” counts for %(city)s from now on: %(count)s signature.",
                "“%(spelling)s” counts for %(city)s from now on: %(count)s signatures.",
                self.chosen.count,
            )
        else:
            message = ngettext(
                "“%(spelling)s” no longer counts for %(city)s: %(count)s signature.",
                "“%(spelling)s” no longer counts for %(city)s: %(count)s signatures.",
                self.chosen.count,
            )
        return message % details


def problems(campaign: Campaign) -> Iterator[Problem]:
    """Signatures that probably name one of the two cities and are not counted for it."""
    for city in (campaign.asked_city, campaign.other_city):
        url = reverse("admin:campaigns_city_spellings", args=[city.pk])
        if city.place_id is None:
            message = gettext("Nobody is counted for %(city)s yet. Save the city once.")
            yield Problem(message % {"city": city.native_name}, reverse("admin:campaigns_city_change", args=[city.pk]))
        elif count := sum(written.count for written in SpellingsOf(city, [campaign.petition_id]).likely):
            message = ngettext(
                "%(count)s signature seems to name %(city)s in a spelling that is not counted.",
                "%(count)s signatures seem to name %(city)s in a spelling that is not counted.",
                count,
            )
            yield Problem(message % {"count": count, "city": city.native_name}, url)
