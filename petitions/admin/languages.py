"""Texts in many languages on one page: choosing a language, seeing which translations are out of date."""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any, cast

from babel import Locale
from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.contrib import admin
from django.db.models import Field, Model
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..languages import LanguageField, Text, is_choosable, is_known_tag, language_name, normalized_tag, reader_language
from ..normal_forms import digest_of
from .guarded import GuardedAdmin
from .words import WritesWords

# The id of the one list of languages on a page (templates/admin/change_form.html).
LIST_ID = "languages"


@lru_cache(maxsize=16)
def known_languages(inside: str) -> list[tuple[str, str]]:
    """Tags with their names, the interface's languages first. Babel alone knows more, but would load each language's
    data to say its own name, megabytes of them."""
    names = cast(Mapping[str, str], Locale.parse(inside, sep="-").languages)
    own = {normalized_tag(tag): info.get("name_local", "") for tag, info in LANG_INFO.items()}
    interface = [tag for tag, _name in settings.LANGUAGES]
    short = {tag for tag in names if len(tag) == 2} | {tag for tag in own if tag in names or "-" in tag}
    others = sorted(short - set(interface), key=lambda tag: str(names.get(tag, tag)).casefold())
    return [(tag, _label(names.get(tag) or language_name(tag, inside), own.get(tag, ""))) for tag in interface + others]


def _label(name: str, own_name: str) -> str:
    return f"{name} — {own_name}" if own_name and own_name != name else name


class LanguageInput(forms.TextInput):
    """Typing `Ital` or `it` finds Italian, and a whole name is taken for its tag. One list serves all of a page."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        quiet = {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        super().__init__({"list": LIST_ID, "size": 12, "class": "language-input", **quiet, **(attrs or {})})


WRITES_LANGUAGES: dict[type[Field], dict[str, Any]] = {LanguageField: {"widget": LanguageInput}}


class LanguagesAdmin(GuardedAdmin):
    """A page on which languages are chosen."""

    formfield_overrides = WRITES_LANGUAGES

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        languages = {"languages": known_languages(reader_language()), "languages_id": LIST_ID}
        return super().changeform_view(request, object_id, form_url, languages | (extra_context or {}))


class TextForm(forms.ModelForm):
    """One language. Fields turn to the direction of what is typed in them."""

    still_right = forms.BooleanField(
        label=_("Still right"),
        required=False,
        widget=forms.HiddenInput,
        help_text=_("The source text changed after this translation. Change it too, or tick here if it is right."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "language" and isinstance(field.widget, forms.TextInput | forms.Textarea):
                field.widget.attrs["dir"] = "auto"
                if self.instance.language:
                    field.widget.attrs["lang"] = self.instance.language

    def is_multipart(self) -> bool:
        """Percent-encoding triples Korean or Arabic: twelve long languages would pass the limit of a request."""
        return True


class TextFormSet(BaseInlineFormSet):
    """All languages of one thing; asks about those whose source text changed."""

    model: type[Text]
    # Whether it is offered in every language there is.
    is_in_any = False

    @property
    def source_language(self) -> str:
        return getattr(self.instance, "source_language", "")

    @cached_property
    def source(self) -> Text | None:
        return next((text for text in self.get_queryset() if text.language == self.source_language), None)

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "still_right" in form.fields and form.instance.pk and form.instance.is_stale(self.source):
            # A tick counts as a change, so the row is saved and its time of change moves.
            form.fields["still_right"].widget = forms.CheckboxInput()
        language = form.instance.language
        is_read_at_once = self.is_in_any or language in ("", self.source_language)
        if "language" in form.fields and not is_read_at_once and _waits_for_readers(language):
            form.fields["language"].help_text = _("Readers cannot choose this language yet.")

    def save(self, commit: bool = True) -> list[Any]:
        """What was translated or declared still right here, was so from the source as it is saved now."""
        changed = [form for form in self.forms if form.has_changed() and form not in self.deleted_forms]
        if commit:
            self._remember_what_stood()
        saved = super().save(commit)
        source = self.model._default_manager.filter(
            **{self.fk.name: self.instance}, language=self.source_language
        ).first()
        if source is None or not commit:
            return saved
        for form in changed:
            text = cast(Text, form.instance)
            if text.pk and text.pk != source.pk and set(form.changed_data) & {*self.model.word_fields(), "still_right"}:
                text.declare_translation_of(source)
                text.save(update_fields=["source_digest", "source_words"])
        return saved

    def _remember_what_stood(self) -> None:
        """Translations of which nobody said from what they were made, were so from the source before this change."""
        for form in self.initial_forms:
            words = set(form.changed_data) & set(self.model.word_fields())
            if form.initial.get("language") == self.source_language and words:
                before = self.model(**{name: form.initial.get(name) or "" for name in self.model.word_fields()}).said()
                rows = self.model._default_manager.filter(**{self.fk.name: self.instance}, source_digest="")
                rows.exclude(pk=form.instance.pk).update(source_digest=digest_of(before), source_words=before)


class TextInline(WritesWords, admin.StackedInline):
    form = TextForm
    formset = TextFormSet
    formfield_overrides = WRITES_LANGUAGES
    verbose_name = _("language")
    verbose_name_plural = _("Texts, language by language")

    def get_extra(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> int:
        return 0 if obj else 1


def languages_shown(texts: Iterable[Text], source_language: str, *, in_any: bool = False) -> SafeString:
    """The tags of all texts; what is out of date, unknown or not shown is said in words.

    `in_any` for what is offered in every language there is: letters and what is said on the telephone.
    """
    texts = sorted(texts, key=lambda text: (text.language != source_language, text.language))
    source = next((text for text in texts if text.language == source_language), None)
    return format_html_join(" ", "{}", ((_language_shown(text, source, in_any),) for text in texts)) or SafeString("–")


def _waits_for_readers(language: str) -> bool:
    """English serves all whose language is missing."""
    return language != "en" and not is_choosable(language)


def _language_shown(text: Text, source: Text | None, in_any: bool) -> SafeString:
    marked = '<span class="language is-stale" title="{}">{} <small>{}</small></span>'
    if not is_known_tag(text.language):
        title = gettext("No language is called so. Open it and choose the right one.")
        return format_html(marked, title, text.language, gettext("unknown language"))
    if text.is_stale(source):
        title = gettext("The source text changed after this translation.")
        return format_html(marked, title, text.language, gettext("out of date"))
    if not in_any and text is not source and _waits_for_readers(text.language):
        title = gettext("Readers cannot choose this language yet.")
        return format_html(marked, title, text.language, gettext("not shown yet"))
    return format_html('<span class="language" title="{}">{}</span>', text.language_name, text.language)
