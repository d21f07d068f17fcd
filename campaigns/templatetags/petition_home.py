"""Where a petition is at home: all that pages of petitions know of campaigns."""

from django import template

from petitions.languages import reader_language
from petitions.models import Petition

from ..reading.petition_home import PetitionHome
from ..reading.petition_home import home_of as find

register = template.Library()


@register.simple_tag
def home_of(petition: Petition, with_waiting: bool = False) -> PetitionHome | None:
    """`{% home_of petition as home %}`; None where the petition stands alone."""
    return find(petition, reader_language(), with_waiting=with_waiting)
