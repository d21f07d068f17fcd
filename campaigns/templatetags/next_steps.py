"""What a signer's own page offers next."""

from dataclasses import dataclass
from functools import cached_property

from django import template
from django.http import HttpRequest
from django.template import RequestContext
from django.utils import timezone

from petitions.languages import locale_of
from petitions.notices import notice_of

from ..calls.card import Calls, Number
from ..calls.dialling import Caller
from ..deeds.counting import times_done
from ..letters.offered import OfferedLetters
from ..models import DeedCount
from ..reading.page import CampaignPage
from ..sharing.asking import Message, message, ways_to_ask
from ..sharing.links import ShareLink

register = template.Library()
# A smaller number says that nobody does it.
TOLD_FROM = 10


@dataclass
class NextSteps:
    """Asking a friend, then writing, then calling; each is looked up where the page comes to it."""

    page: CampaignPage
    request: HttpRequest

    @property
    def answer(self) -> str:
        """What was said to “Did you send it?”: it stands in the address and nowhere else."""
        said = self.request.GET.get("asked", "")
        return said if said in ("yes", "later") else ""

    @property
    def notice(self) -> str:
        return notice_of(self.request, ("asked-yes", "asked-later"))

    @cached_property
    def message(self) -> Message:
        return message(self.page)

    @property
    def ways(self) -> list[ShareLink]:
        return ways_to_ask(self.page, self.message)

    @cached_property
    def friends_asked(self) -> int:
        """0 where there are too few to tell."""
        number = times_done(self.page.campaign, DeedCount.Channel.ASKED)
        return number if number >= TOLD_FROM else 0

    @cached_property
    def letter_languages(self) -> list[str]:
        """The target's and, where that is another one, the reader's, as the reader calls them."""
        offered = [letter.language for letter in OfferedLetters(self.page).all]
        own = [language for language in offered if language == self.page.language]
        names = [locale_of(tag).get_display_name(self.page.language.replace("-", "_")) for tag in offered[:1] + own[:1]]
        return list(dict.fromkeys(name for name in names if name))

    @cached_property
    def open_number(self) -> Number | None:
        """A telephone that is answered at this moment."""
        return Calls(self.page, Caller(), timezone.now()).first_open


@register.simple_tag(takes_context=True)
def next_steps(context: RequestContext, page: CampaignPage) -> NextSteps:
    return NextSteps(page, context["request"])
