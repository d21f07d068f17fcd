"""What the pages of the signing engine need beside their contexts."""

from collections.abc import Iterable

from django import template
from django.db import models

from ..links import token_for
from ..models import Comment

register = template.Library()


@register.filter
def token(thing: models.Model) -> str:
    """The signed token that opens this one row."""
    return token_for(thing)


@register.filter
def unconfirmed(comments: Iterable[Comment]) -> list[Comment]:
    """Those that wait for their author to send them on."""
    return [comment for comment in comments if comment.confirmed_at is None]
