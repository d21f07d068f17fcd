"""Language tags (BCP 47), their names and direction, and the one rule for falling back."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, ClassVar, Protocol, Self, TypeVar, cast

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Func, OuterRef, Value, When
from django.db.models.functions import Concat, Length
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .normal_forms import digest_of, normalized

TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*\Z")
LONGEST_TAG = 35
# Undetermined, several, none: codes that name no language.
NO_LANGUAGES = frozenset(["und", "mul", "mis", "zxx"])
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


@lru_cache(maxsize=1)
def _known_languages() -> frozenset[str]:
    """CLDR names some 600 in English, and knows of seven thousand more how they are written."""
    known = {*Locale("en").languages, *get_global("likely_subtags")}
    return frozenset(tag.split("_")[0] for tag in known) - NO_LANGUAGES


@lru_cache(maxsize=1024)
def is_known_tag(tag: str) -> bool:
    """Whether CLDR knows the language, and the script, region and variants where they are named, in this order."""
    if len(tag) > LONGEST_TAG or not TAG.match(tag):
        return False
    names = Locale("en")
    language, *rest = normalized_tag(tag).split("-")
    for subtags in (names.scripts, names.territories):
        if rest and rest[0] in subtags:
            rest.pop(0)
    return language in _known_languages() and all(part.upper() in names.variants for part in rest)


@lru_cache(maxsize=64)
def _tags_by_name(inside: str) -> Mapping[str, str]:
    """Tags by a language's name in English, in itself and in the language `inside`."""
    tags: dict[str, str] = {}
    for locale in (Locale("en"), locale_of(inside)):
        for tag, name in locale.languages.items():
            tags.setdefault(name.casefold(), normalized_tag(tag))
    for tag, info in LANG_INFO.items():
        if own := info.get("name_local"):
            tags.setdefault(own.casefold(), normalized_tag(tag))
    return tags


def tag_named(text: str) -> str:
    """The tag for what somebody typed: a tag, or a language's name. Anything else comes back as it was."""
    typed = text.strip()[: 2 * LONGEST_TAG]
    if is_known_tag(typed):
        return normalized_tag(typed)
    if alias := get_global("language_aliases").get(typed.lower()):
        return normalized_tag(alias)
    return _tags_by_name(reader_language()).get(typed.casefold(), typed)


def validate_language_tag(tag: str) -> None:
    """Raises ValidationError with the nearest names, where there are any."""
    if is_known_tag(tag):
        return
    near = get_close_matches(tag.casefold()[:LONGEST_TAG], _tags_by_name(reader_language()), n=3)
    message = _("No language is called so. Type its name, such as Italian, and choose it from the list.")
    if near:
        message = _("No language is called so. Do you mean %(near)s?")
    names = ", ".join(f"{name} ({_tags_by_name(reader_language())[name]})" for name in near)
    raise ValidationError(message, code="language", params={"near": names})


def is_choosable(tag: str) -> bool:
    """Whether readers can choose an interface language in which they get this text."""
    return any(tag in _prefixes(code) for code, _name in settings.LANGUAGES)


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


def validate_language_tags(tags: str) -> None:
    """Of several tags, parted by spaces or commas."""
    for tag in tags.replace(",", " ").split():
        validate_language_tag(tag)


class LanguageFormField(forms.CharField):
    """Takes a name for its tag before a form set looks for the same language twice."""

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value) or ""
        return tag_named(typed) if typed else typed


class LanguageField(models.CharField):
    """A BCP 47 tag: any language may be written, no migration adds one."""

    default_validators = [validate_language_tag]

    def __init__(self, verbose_name: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TAG)
        super().__init__(verbose_name or _("language"), **kwargs)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return tag_named(value) if isinstance(value, str) and value.strip() else value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": LanguageFormField, **kwargs})


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


class TextManager(models.Manager.from_queryset(TextQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> TextQuerySet:
        """Without the words of the source: readers' pages would carry every text twice."""
        rows = super().get_queryset()
        return rows.defer("source_words") if self.model.has_source else rows


class Text(models.Model):
    """A row of text in one language; its owner has one for each language."""

    language = LanguageField()
    updated_at = models.DateTimeField(auto_now=True)
    # What the source text said when this one was last declared its translation; empty where nobody ever did.
    source_digest = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)
    source_words = models.JSONField(null=True, blank=True, editable=False)

    # Whether it is the translation of something.
    has_source: ClassVar[bool] = True

    objects = TextManager()

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

    @classmethod
    def word_fields(cls) -> list[str]:
        """What is translated: every field of words."""
        words = (models.CharField, models.TextField)
        apart = ("language", "source_digest")
        return [field.name for field in cls._meta.fields if isinstance(field, words) and field.name not in apart]

    def said(self) -> dict[str, str]:
        return {name: normalized(getattr(self, name)) for name in self.word_fields()}

    def declare_translation_of(self, source: "Text") -> None:
        """Say that this text says what the source says now. The caller saves."""
        self.source_words = source.said()
        self.source_digest = digest_of(self.source_words)

    def is_stale(self, source: "Text | None") -> bool:
        """Whether the source says something else now than when this was declared its translation."""
        if source is None or source.pk == self.pk or not self.source_digest:
            return False
        return self.source_digest != digest_of(source.said())
