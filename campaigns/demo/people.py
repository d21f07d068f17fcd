"""Fictional people: names put together from common ones, always the same for the same seed."""

import unicodedata
from dataclasses import dataclass
from random import Random
from typing import Any

from petitions.models import Signature

from ..models import City
from .files import facts

PROVIDERS = ("post.example", "mail.example", "posta.example", "webmail.example", "inbox.example")
# Of a hundred signers, the rest being from all over the world.
ASKED_SHARE, OTHER_SHARE = 38, 7
KOREANS_IN_LATIN = 0.2
OTHER_SPELLINGS = 0.12
VISIBILITIES = {
    Signature.Visibility.SHOWN_NAME: 62,
    Signature.Visibility.FULL: 20,
    Signature.Visibility.CITY: 10,
    Signature.Visibility.HIDDEN: 8,
}


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    country: str
    city: str
    language: str
    visibility: str


class Crowd:
    """People around one pair of cities."""

    def __init__(self, seed: str, asked: City, other: City) -> None:
        self.random = Random(seed)
        self.asked, self.other = asked, other
        self.number = 0

    def person(self) -> Person:
        country, city = self._place()
        name = self._name(country)
        self.number += 1
        return Person(
            name=name,
            email=address(name, self.number),
            country=country,
            city=city,
            language=facts("people")["countries"][country]["language"],
            visibility=self.random.choices(list(VISIBILITIES), list(VISIBILITIES.values()))[0],
        )

    def _place(self) -> tuple[str, str]:
        hundredth = self.random.randrange(100)
        if hundredth < ASKED_SHARE:
            return self._in(self.asked)
        if hundredth < ASKED_SHARE + OTHER_SHARE:
            return self._in(self.other)
        world: list[dict[str, Any]] = facts("people")["world"]
        place = self.random.choices(world, [place["weight"] for place in world])[0]
        return place["country"], self.random.choice(place["cities"])

    def _in(self, city: City) -> tuple[str, str]:
        """The city as its people write it: most by its own name, some by another spelling."""
        if self.random.random() >= OTHER_SPELLINGS:
            return str(city.country), city.native_name
        spellings = [city.native_name.upper()]
        for name in sorted(city.loaded_names, key=lambda name: name.language):
            if name.language in (city.native_language, "en"):
                spellings += [name.name, *name.also_written.splitlines()]
        return str(city.country), self.random.choice(spellings)

    def _name(self, country: str) -> str:
        style = facts("people")["countries"][country]["names"]
        if style == "korean" and self.random.random() < KOREANS_IN_LATIN:
            style = "korean_in_latin"
        names = facts("people")["names"][style]
        given, family = self.random.choice(names["given"]), self.random.choice(names["family"])
        if names.get("family_first"):
            return f"{family}{names.get('separator', '')}{given}"
        return f"{given} {family}"


def address(name: str, number: int) -> str:
    """An address that cannot exist, by the name where it is in Latin letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "".join(letter if letter.isalpha() else " " for letter in plain).split()
    return f"{'.'.join([*words, str(number)]) if words else f'reader{number}'}@{PROVIDERS[number % len(PROVIDERS)]}"
