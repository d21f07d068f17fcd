"""Language tags (BCP 47), their names and direction, and the one rule for falling back."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Protocol, Self, TypeVar, cast

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, Func, OuterRef, Value, When
from django.db.models.functions import Concat, Length
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
RIGHT_TO_LEFT = frozenset(["ar", "arc", "ckb", "dv", "fa", "ha-Arab", "he", "ks", "ps", "sd", "ug", "ur", "yi"])


class HasLanguage(Protocol):
    @property
    def language(self) -> str: ...


TextT = TypeVar("TextT", bound=HasLanguage)


def normalized_tag(tag: str) -> str:
    """`PT_br` becomes `pt-BR`, `zh-hant` becomes `zh-Hant` (RFC 5646, 2.1.1)."""
    first, *rest = tag.strip().replace("_", "-").split("-")
    parts = [first.lower()]
    for part in rest:
        parts.append({2: part.upper(), 4: part.title()}.get(len(part), part.lower()))
    return "-".join(parts)


def reader_language() -> str:
    """The language of whoever reads what is being made: the active one."""
    return get_language() or settings.LANGUAGE_CODE


def _prefixes(tag: str) -> Iterable[str]:
    """`zh-Hant-TW`, then `zh-Hant`, then `zh` (RFC 4647, 3.4)."""
    parts = normalized_tag(tag).split("-")
    for length in range(len(parts), 0, -1):
        yield "-".join(parts[:length])


def by_preference(texts: Iterable[TextT], language: str, source: str = "en") -> list[TextT]:
    """All texts, best first: the reader's language, the source language, English, then any."""
    wanted = [*_prefixes(language), *_prefixes(source), "en"]
    ranks = {tag: rank for rank, tag in reversed(list(enumerate(wanted)))}
    return sorted(texts, key=lambda text: (ranks.get(text.language, len(wanted)), text.language))


def best_text(texts: Iterable[TextT], language: str, source: str = "en") -> TextT | None:
    """The text to show to a reader of `language`, or None where there is none at all."""
    return next(iter(by_preference(texts, language, source)), None)


@lru_cache(maxsize=256)
def direction(tag: str) -> str:
    """`rtl` or `ltr`, for the `dir` attribute."""
    return "rtl" if any(prefix in RIGHT_TO_LEFT for prefix in _prefixes(tag)) else "ltr"


@lru_cache(maxsize=256)
def locale_of(tag: str) -> Locale:
    """How dates and countries are written in a language; English where nobody told Babel."""
    for prefix in _prefixes(tag):
        try:
            return Locale.parse(prefix, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


@lru_cache(maxsize=1024)
def language_name(tag: str, inside: str | None = None) -> str:
    """The language's name, in itself or in the language `inside`; the tag where nobody knows it."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(inside.replace("-", "_") if inside else None)
    except (UnknownLocaleError, ValueError):
        return tag
    return (name[:1].upper() + name[1:]) if name else tag


class LanguageField(models.CharField):
    """A BCP 47 tag: any language may be written, no migration adds one."""

    default_validators = [RegexValidator(TAG, _("Write a language code, such as it, ko or zh-Hant."))]

    def __init__(self, verbose_name: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 35)
        super().__init__(verbose_name or _("language"), **kwargs)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return normalized_tag(value) if isinstance(value, str) and TAG.match(value.strip()) else value


def one_per_language(owner: str, name: str) -> models.UniqueConstraint:
    """The rule of every kind of text: its owner has one row for each language."""
    return models.UniqueConstraint(
        fields=[owner, "language"],
        name=name,
        violation_error_message=_("There is already a text in this language."),
    )


class _Begins(Func):
    """Whether the second text begins the first."""

    function = "STARTS_WITH"
    output_field = models.BooleanField()


class TextQuerySet(models.QuerySet):
    def by_preference(self, language: str, source: Any) -> Self:
        """As `by_preference`, in the database. `source` is the owner's source language: a value or an expression."""
        own = [When(language=tag, then=Value(rank)) for rank, tag in enumerate(_prefixes(language))]
        # A shorter tag of the source language: `zh` where `zh-Hant` is asked for.
        begins = _Begins(source, Concat(F("language"), Value("-")))
        rank = Case(
            *own,
            When(language=source, then=Value(20)),
            When(begins, then=Value(40) - Length("language")),
            When(language="en", then=Value(50)),
            default=Value(60),
            output_field=models.IntegerField(),
        )
        # Annotated: Django resolves no reference to an outer query inside ORDER BY.
        return self.annotate(preference=rank).order_by("preference", "language")

    def best_for(self, owner: str, language: str, source: str) -> Self:
        """Of each owner's texts the one that `best_text` would choose."""
        own = cast(TextQuerySet, self.model._default_manager.filter(**{owner: OuterRef(owner)}))
        best = own.by_preference(language, Value(source)).values("pk")[:1]
        return self.filter(pk=models.Subquery(best))


class Text(models.Model):
    """A row of text in one language; its owner has one for each language."""

    language = LanguageField()
    updated_at = models.DateTimeField(auto_now=True)

    objects = TextQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return language_name(self.language)

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    def is_stale(self, source: "Text | None") -> bool:
        """Whether the source text changed after this translation was last touched."""
        return source is not None and source.pk != self.pk and self.updated_at < source.updated_at
