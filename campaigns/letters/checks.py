"""How letters can be sent, and what keeps them from it: looked at when organizers save, for every language."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from petitions.languages import direction, language_name, reader_language
from petitions.plain_text import BIDI_CONTROLS

from ..models import Campaign, Letter, LetterText, Story, Target
from ..reading.cards import Role
from ..reading.loading import load
from ..reading.owned import texts_shown
from ..reading.page import CampaignPage
from ..reading.words import paragraphs_of
from ..rules.placeholders import MEANINGS, PLACEHOLDER
from ..staff.problems import Problem, named, page_of
from ..targets.checks import name_of, no_salutation, reach, text_in, with_hours
from .composing import ComposedLetter, Composer, Sender
from .mail_links import MAIL_APP_LIMIT, Message
from .offered import OfferedLetters
from .paper.coverage import missing_glyphs
from .sheets import sheets

# A story may serve hundreds of campaigns. What is wrong with its letter shows in the first few.
CAMPAIGNS_AT_MOST = 25
# Of a name and of a street with its town.
NAME_LENGTH, ADDRESS_LENGTH = 12, 40
# Latin letters take some 1.4 characters each in a link, Cyrillic and Arabic ones 5, Korean and Chinese ones 8.
# Above this a letter of any use is too long for a mail link: nobody is told to shorten it.
SHORTENING_HELPS_BELOW = 2


def typical_sender(language: str) -> Sender:
    """Somebody who writes in this language's script: its own name, over and over, costs what a person's would."""
    words = f"{language_name(language)} " * ADDRESS_LENGTH
    return Sender(name=words[:NAME_LENGTH].strip(), address=words[:ADDRESS_LENGTH].strip())


@dataclass(frozen=True)
class Sending:
    """A letter in one language, as a typical supporter of one campaign would send it."""

    campaign: Campaign
    message: Message
    problems: list[Problem]

    @property
    def pair(self) -> str:
        language = reader_language()
        return f"{self.campaign.asked_city.name_in(language)} – {self.campaign.other_city.name_in(language)}"

    @property
    def url(self) -> str:
        return page_of(self.campaign)

    @property
    def is_addressed(self) -> bool:
        return bool(self.message.to)

    @property
    def length(self) -> str:
        return gettext("%(length)s of %(limit)s") % {
            "length": number_format(len(self.message.mail_app)),
            "limit": number_format(MAIL_APP_LIMIT),
        }


@dataclass(frozen=True)
class TextCheck:
    """A letter in one language: what is wrong with its words, and each campaign's way of sending it."""

    text: LetterText
    problems: list[Problem]
    sendings: list[Sending]

    @property
    def all_problems(self) -> list[Problem]:
        return [*self.problems, *(problem for sending in self.sendings for problem in sending.problems)]

    @property
    def summary(self) -> str:
        """For how many campaigns it opens in a mail app."""
        fitting = sum(sending.message.fits_mail_app for sending in self.sendings)
        if fitting == len(self.sendings):
            return gettext("opens in a mail app")
        if not fitting:
            return gettext("too long for a mail link: readers will copy it, or send the draft file")
        message = gettext("opens in a mail app for %(fitting)s of %(all)s campaigns, else it is too long")
        return message % {"fitting": fitting, "all": len(self.sendings)}


@dataclass(frozen=True)
class LetterCheck:
    texts: list[TextCheck]
    # Of the campaigns and their targets, in whatever language one writes.
    problems: list[Problem]
    is_shared: bool
    campaign_count: int
    left_out: int

    @property
    def problem_count(self) -> int:
        found = [*self.problems, *(problem for text in self.texts for problem in text.all_problems)]
        return len(dict.fromkeys(found))


def check_letter(letter: Letter) -> LetterCheck:
    """A saved letter in all its languages, in the campaigns that offer it."""
    owner = {"letter__campaign": letter.campaign_id} if letter.campaign_id else {"letter__story": letter.story_id}
    offered = list(LetterText.objects.filter(**owner).select_related("letter__campaign", "letter__story"))
    using = letter.campaigns()
    campaigns = load(using[:CAMPAIGNS_AT_MOST])
    texts = [text for text in offered if text.letter_id == letter.pk]
    problems = [problem for campaign in campaigns for problem in _language_problems(campaign, offered, letter)]
    return LetterCheck(
        texts=[_checked(text, _source_of(texts, text.letter.owner), campaigns) for text in texts],
        problems=[*problems, *_target_problems(campaigns)],
        is_shared=letter.campaign_id is None,
        campaign_count=len(campaigns),
        left_out=max(0, using.count() - len(campaigns)),
    )


def check_letters_of(campaign: Campaign) -> list[Problem]:
    """Problems of all letters that one campaign offers. The campaign comes from `loading.load`."""
    letters = texts_shown(campaign, LetterText, "letter")
    offered = [text for texts in letters for text in texts]
    checked: list[Problem] = []
    for texts in letters:
        # Not `owner`: that would be a statement for each letter.
        owner = campaign if texts[0].letter.campaign_id else campaign.story
        source = _source_of(texts, owner or campaign)
        checked += [problem for text in texts for problem in _checked(text, source, [campaign]).all_problems]
    return [*_language_problems(campaign, offered), *checked]


def _target_problems(campaigns: Sequence[Campaign]) -> list[Problem]:
    """Of those who decide, each once."""
    deciding = {
        row.target_id: row.target
        for campaign in campaigns
        for row in campaign.loaded_targets
        if row.role == Role.DECIDES
    }
    known = with_hours(deciding.values())
    targets = deciding.values()
    return [problem for target in targets for problem in reach(target, Role.DECIDES, has_hours=target.pk in known)]


def _language_problems(
    campaign: Campaign, offered: Iterable[LetterText], letter: Letter | None = None
) -> Iterator[Problem]:
    """The asked city's own language is the one to send."""
    native = campaign.asked_city.native_language
    offered = list(offered)
    if any(text.language.split("-")[0] == native.split("-")[0] for text in offered):
        return
    letter = letter or (offered[0].letter if offered else None)
    add_url = f"{reverse('admin:campaigns_letter_add')}?campaign={campaign.pk}"
    message = gettext("There is no letter in %(language)s, the language of the asked city.")
    yield Problem(
        message % {"language": named(native)},
        page_of(letter, "texts-group") if letter else add_url,
        str(campaign) if letter and letter.story_id else "",
    )


def _source_of(texts: Sequence[LetterText], owner: Campaign | Story) -> LetterText:
    """The text that a letter's others are translations of."""
    return next((text for text in texts if text.language == owner.source_language), texts[0])


def _checked(text: LetterText, source: LetterText, campaigns: Iterable[Campaign]) -> TextCheck:
    problems = [*_word_problems(text), *_out_of_step(text, source)]
    return TextCheck(text, problems, [_sending(text, campaign) for campaign in campaigns])


def _sending(text: LetterText, campaign: Campaign) -> Sending:
    """No statement of its own, however many campaigns there are."""
    page = CampaignPage(campaign, text.language)
    offered = OfferedLetters(page, [[text]])
    letter = Composer(page, offered).compose(offered.all[0], typical_sender(text.language))
    problems = [*_unfilled(page, text), *_unprinted(letter, text), *_too_long(letter, text)]
    return Sending(campaign, letter.message, problems)


def _placeholders(text: LetterText) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(f"{text.subject} {text.body}")))


def _shown(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def _of(text: LetterText, message: str) -> Problem:
    about = gettext("%(letter)s, %(language)s") % {"letter": text.letter.name, "language": named(text.language)}
    return Problem(message, page_of(text.letter, "texts-group"), about)


def _word_problems(text: LetterText) -> Iterator[Problem]:
    """What is wrong with the words in every campaign."""
    names = _placeholders(text)
    if unknown := [name for name in names if name not in MEANINGS]:
        message = gettext("nothing is known to fill %(names)s. The known words are listed on this letter's page.")
        yield _of(text, message % {"names": _shown(unknown)})
    if "salutation" not in names:
        message = gettext(
            "{salutation} is missing. With it the letter greets the target who decides in the right words."
        )
        yield _of(text, message)
    if "sender_name" not in names:
        yield _of(text, gettext("{sender_name} is missing at the end, so nobody signs the letter."))
    if _runs_the_other_way(text):
        message = gettext("most of its letters run against the direction of %(language)s. Is the language right?")
        yield _of(text, message % {"language": named(text.language)})
    if any(character in BIDI_CONTROLS for character in f"{text.subject}{text.body}"):
        yield _of(text, gettext("invisible characters turn the direction of the text. Type that place anew."))


def _out_of_step(text: LetterText, source: LetterText) -> Iterator[Problem]:
    count, expected = len(paragraphs_of(text.body)), len(paragraphs_of(source.body))
    if count == expected:
        return
    message = ngettext(
        "%(count)s paragraph, but %(expected)s in %(source)s. Readers see them side by side, so keep them in step.",
        "%(count)s paragraphs, but %(expected)s in %(source)s. Readers see them side by side, so keep them in step.",
        count,
    )
    yield _of(text, message % {"count": count, "expected": expected, "source": named(source.language)})


def _runs_the_other_way(text: LetterText) -> bool:
    words = PLACEHOLDER.sub("", f"{text.subject} {text.body}")
    strong = [unicodedata.bidirectional(letter) for letter in words if letter.isalpha()]
    from_right = sum(kind in ("R", "AL") for kind in strong)
    is_right_to_left = direction(text.language) == "rtl"
    return bool(strong) and is_right_to_left != (2 * from_right > len(strong))


def _unfilled(page: CampaignPage, text: LetterText) -> Iterator[Problem]:
    """Placeholders that stay empty in this campaign, or speak another language than the letter."""
    asked = set(_placeholders(text)) & {"salutation", "decider", "decider_office"}
    target = page.decider
    if target is None:
        if asked:
            message = gettext("No target decides, so nothing fills %(names)s.")
            url = page_of(page.campaign, "campaign_targets-group")
            yield Problem(message % {"names": _shown(sorted(asked))}, url)
        return
    said = text_in(target.loaded_texts, text.language)
    if "salutation" in asked and not (said and said.salutation):
        yield no_salutation(target, text.language)
    if said is None and ("decider_office" in asked or ("decider" in asked and not target.name)):
        yield _no_office(target, text.language)


def _no_office(target: Target, language: str) -> Problem:
    message = gettext("The office of %(target)s is not written in %(language)s.")
    return Problem(message % {"target": name_of(target), "language": named(language)}, page_of(target, "texts-group"))


def _unprinted(letter: ComposedLetter, text: LetterText) -> Iterator[Problem]:
    if missing := {sign for sheet in sheets(letter) for line in sheet.texts for sign in missing_glyphs(line)}:
        message = gettext("our fonts lack %(signs)s, so there is no PDF. Printing from the browser works.")
        yield _of(text, message % {"signs": " ".join(sorted(missing)[:10])})


def _too_long(letter: ComposedLetter, text: LetterText) -> Iterator[Problem]:
    message = letter.message
    if message.fits_mail_app or len(quote(message.body, safe="")) > SHORTENING_HELPS_BELOW * len(message.body):
        return
    words = gettext(
        "too long for a mail link by %(count)s characters. Readers will copy it, or send the draft file; "
        "a shorter letter opens in their mail app by itself."
    )
    yield _of(text, words % {"count": number_format(len(message.mail_app) - MAIL_APP_LIMIT)})
