"""Loads the whole demonstration once; what is there already is left as people made it."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from petitions import tallies
from petitions.counting import roll_up
from petitions.ledger import write_due
from petitions.models import Operator, Petition
from petitions.spellings import read_new

from ..models import Campaign, City, Story
from .campaigns import add_campaign, add_petition, load_story
from .cities import load_cities
from .comments import add_comments
from .deeds import add_deeds
from .files import facts
from .people import Crowd
from .signatures import add_signatures
from .staff import MODERATOR, load_staff, refuse_in_production


def load() -> None:
    refuse_in_production()
    now = timezone.now()
    with transaction.atomic():
        staff = load_staff()
        _name_operator()
        cities = load_cities()
        story = load_story(now)
        for pair in facts("pairs")["pairs"]:
            _load_pair(pair, story, cities, staff[MODERATOR], now)
        roll_up()
        while read_new():
            pass
        while tallies.roll_up() or write_due():
            pass


def _name_operator() -> None:
    if not Operator.objects.exists():
        Operator.objects.create(**facts("operator"))


def _load_pair(
    pair: dict[str, Any], story: Story, cities: dict[str, City], moderator: AbstractUser, now: datetime
) -> None:
    asked, other = cities[pair["asked"]], cities[pair["other"]]
    # A campaign that was given another address is still this one.
    if Campaign.objects.filter(Q(slug=pair["slug"]) | Q(asked_city=asked, other_city=other)).exists():
        return
    petition = Petition.objects.filter(slug=pair["slug"]).first()
    if petition is None:
        petition = add_petition(pair, cities)
        add_signatures(petition, pair, Crowd(pair["slug"], asked, other), moderator, now)
        add_comments(petition, moderator, now)
    campaign = add_campaign(pair, petition, story, cities, now)
    add_deeds(campaign, pair["signatures"], now)
