"""What the pages of the signing engine need beside their contexts."""

from collections.abc import Iterable
from datetime import date, datetime

from babel.dates import format_date, format_skeleton, format_timedelta
from django import template
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import to_locale

from ..languages import language_name, reader_language
from ..links import interface_language, token_for
from ..markdown import to_html
from ..models import Comment, Petition
from ..plain_text import cut_between_words

register = template.Library()


@register.filter
def token(thing: models.Model) -> str:
    """The signed token that opens this one row."""
    return token_for(thing)


@register.simple_tag
def languages_told(petition: Petition) -> dict[str, object]:
    """In which languages its page speaks, as `includes/alternates.html` takes it."""
    told = {tag.split("-")[0] for tag in petition.texts.values_list("language", flat=True)}
    source = interface_language(petition.source_language)
    languages = [code for code, _name in settings.LANGUAGES if code.split("-")[0] in told]
    languages.sort(key=lambda code: code != source)
    default = next(iter(languages), "")
    current = reader_language()
    is_told = current in languages or not languages
    return {"language": current if is_told else default, "languages": languages, "default_language": default}


@register.filter
def long_date(day: date) -> str:
    """`9 gennaio 2024`: Django's own formats write `09 Gennaio 2024`."""
    return format_date(day, "long", locale=to_locale(reader_language()))


@register.filter
def short_date(day: date) -> str:
    return format_date(day, "medium", locale=to_locale(reader_language()))


@register.filter
def day_and_month(day: date) -> str:
    return format_skeleton("MMMd", day, locale=to_locale(reader_language()))


@register.filter
def in_fours(letters: str) -> list[str]:
    """Long digests are compared in pieces."""
    return [letters[start : start + 4] for start in range(0, len(letters), 4)]


@register.filter
def whole_words(text: str, longest: int) -> str:
    """As truncatechars, but never in a word."""
    return cut_between_words(text, longest)


@register.filter
def month_and_year(day: date) -> str:
    return format_skeleton("yMMMM", day, locale=to_locale(reader_language()))


@register.filter
def ago(moment: datetime) -> str:
    """`3 hours ago`, in one unit."""
    return format_timedelta(moment - timezone.now(), add_direction=True, locale=to_locale(reader_language()))


@register.filter
def lasts(since: datetime) -> str:
    """`26 hours`, in one unit."""
    return format_timedelta(timezone.now() - since, threshold=1.2, locale=to_locale(reader_language()))


@register.filter
def language(tag: str) -> str:
    """A language by its own name."""
    return language_name(tag)


@register.filter
def unconfirmed(comments: Iterable[Comment]) -> list[Comment]:
    """Those that wait for their author to send them on."""
    return [comment for comment in comments if comment.confirmed_at is None]


@register.filter
def markdown(text: str) -> SafeString:
    return to_html(text)
