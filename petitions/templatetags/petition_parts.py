"""What the pages of the signing engine need beside their contexts."""

from collections.abc import Iterable
from datetime import date

from babel.dates import format_date
from django import template
from django.db import models
from django.utils.translation import get_language, to_locale

from ..links import token_for
from ..models import Comment

register = template.Library()


@register.filter
def token(thing: models.Model) -> str:
    """The signed token that opens this one row."""
    return token_for(thing)


@register.filter
def long_date(day: date) -> str:
    """`9 gennaio 2024`: Django's own formats write `09 Gennaio 2024`."""
    return format_date(day, "long", locale=to_locale(get_language() or "en"))


@register.filter
def unconfirmed(comments: Iterable[Comment]) -> list[Comment]:
    """Those that wait for their author to send them on."""
    return [comment for comment in comments if comment.confirmed_at is None]
