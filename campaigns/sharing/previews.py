"""How a page looks where its link is shared: in chats, on networks, in search results."""

from dataclasses import dataclass
from mimetypes import guess_type

from babel import Locale
from babel.core import get_global
from django.conf import settings
from django.core.files.storage import default_storage
from django.templatetags.static import static
from django.utils.translation import gettext

from petitions.languages import locale_of
from petitions.links import absolute, interface_language

from ..reading.page import CampaignPage
from .share_card import HEIGHT, WIDTH

SITE_PICTURE = "img/share.png"


@dataclass(frozen=True)
class PreviewPicture:
    url: str
    mime: str
    width: str
    height: str
    alt: str


@dataclass(frozen=True)
class Preview:
    """`language` is that of the page's words, `languages` are all in which it speaks, the default one first."""

    language: str
    languages: list[str]
    picture: PreviewPicture

    @property
    def default_language(self) -> str:
        """Whoever reads none of them is shown this one."""
        return next(iter(self.languages), "")

    @property
    def locale(self) -> str:
        return territorial(self.language)

    @property
    def other_locales(self) -> list[str]:
        return [territorial(language) for language in self.languages if language != self.language]


def of_site(language: str) -> Preview:
    """Pages that are all interface."""
    languages = [code for code, _name in settings.LANGUAGES]
    return Preview(language, _first(settings.LANGUAGE_CODE, languages), _site_picture())


def of_campaign(page: CampaignPage) -> Preview:
    source = interface_language(page.campaign.source_language)
    return Preview(page.canonical_language, _first(source, page.spoken_languages), _picture(page))


def _first(language: str, languages: list[str]) -> list[str]:
    return sorted(languages, key=lambda each: each != language)


def _site_picture() -> PreviewPicture:
    return _drawn(static(SITE_PICTURE), gettext("Sister City Campaigns"))


def _picture(page: CampaignPage) -> PreviewPicture:
    """The one drawn for it; until there is one, the face alone; without a face, the site's."""
    if drawn := page.campaign.loaded_share_pictures.get(page.headline.language):
        return _drawn(default_storage.url(drawn.name), str(page.headline))
    if page.hero:
        url = absolute_url(page.hero.url)
        return PreviewPicture(url, _mime(url), page.hero.width, page.hero.height, str(page.hero.alt))
    return _site_picture()


def _drawn(path: str, alt: str) -> PreviewPicture:
    url = absolute_url(path)
    return PreviewPicture(url, _mime(url), str(WIDTH), str(HEIGHT), alt)


def _mime(url: str) -> str:
    return guess_type(url)[0] or ""


def absolute_url(url: str) -> str:
    """Storages of other hosts give whole addresses."""
    return absolute(url) if url.startswith("/") else url


def territorial(language: str) -> str:
    """As `it_IT`: other sites know a language only with the country where most speak it."""
    locale = locale_of(language)
    likely = get_global("likely_subtags").get(str(locale), str(locale))
    return f"{locale.language}_{locale.territory or Locale.parse(likely).territory or locale.language.upper()}"
