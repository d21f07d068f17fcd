"""What belongs to a campaign or to the shared story: words, media, evidence, updates, letters, calls and posts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from petitions.languages import Text

from .. import models
from ..models.contents import Content
from .files import SOURCE_LANGUAGE, facts, heads_and_body, moment_of, texts
from .pictures import picture_fields


def write_texts(rows: Iterable[Text]) -> None:
    """Store the texts of one thing, each a translation of the one in the source language."""
    stored = list(rows)
    source = next((row for row in stored if row.language == SOURCE_LANGUAGE), None)
    for row in stored:
        if source and row is not source:
            row.declare_translation_of(source)
    if stored:
        type(stored[0]).objects.bulk_create(stored)


def add_content(owner: models.Campaign | models.Story, folder: str, now: datetime) -> None:
    """Everything under the name `folder`, in the order of its files; `now` is the moment of loading."""
    whose = {"story" if isinstance(owner, models.Story) else "campaign": owner}
    says = facts(folder)
    _add_words(whose, folder)
    for position, fact in enumerate(says.get("media", []), says.get("first_position", 0)):
        _add_media(whose, position, fact)
    for position, fact in enumerate(says.get("evidence", []), says.get("first_position", 0)):
        _add(models.Evidence, models.EvidenceText, whose, position, fact)
    for fact in says.get("updates", []):
        changes_story = fact.get("changes_story", False)
        update = models.Update.objects.create(**whose, published_at=moment_of(fact, now), changes_story=changes_story)
        _add_files(models.UpdateText, {"update": update}, f"{folder}/{fact['file']}", ["title", "body"])
    for position, fact in enumerate(says.get("letters", []), says.get("first_position", 0)):
        letter = models.Letter.objects.create(**whose, position=position, name=fact["name"])
        _add_files(models.LetterText, {"letter": letter}, f"{folder}/{fact['file']}", ["subject", "body"])
    for position, fact in enumerate(says.get("calls", []), says.get("first_position", 0)):
        script = models.CallScript.objects.create(**whose, position=position, name=fact["name"])
        said = fact["texts"].items()
        write_texts(models.CallScriptText(script=script, language=language, **words) for language, words in said)
    models.Post.objects.bulk_create(
        models.Post(**whose, position=position, **fact)
        for position, fact in enumerate(says.get("posts", []), says.get("first_position", 0))
    )


def _add_words(whose: Mapping[str, Model], folder: str) -> None:
    outcomes = texts(f"{folder}/outcome.md")
    rows = []
    for language, text in texts(f"{folder}/story.md").items():
        headline, summary, body = heads_and_body(text, 2)
        words = {"headline": headline, "summary": summary, "body": body, "outcome": outcomes.get(language, "")}
        rows.append(models.CampaignText(**whose, language=language, **words))
    write_texts(rows)


def _add_files(model: type[Text], owner: Mapping[str, Model], name: str, fields: list[str]) -> None:
    """A text for each language of a file whose first paragraph is its title."""
    write_texts(
        model(**owner, language=language, **dict(zip(fields, heads_and_body(text, 1), strict=True)))
        for language, text in texts(name).items()
    )


def _add(
    model: type[Content], text_model: type[Text], whose: Mapping[str, Model], position: int, fact: dict[str, Any]
) -> None:
    plain = {field: value for field, value in fact.items() if field != "texts"}
    row = model(**whose, position=position, **plain)
    row.save()
    said = fact["texts"].items()
    write_texts(
        text_model(**{model._meta.model_name or "": row}, language=language, **words) for language, words in said
    )


def _add_media(whose: Mapping[str, Model], position: int, fact: dict[str, Any]) -> None:
    """Where a picture is named, it comes with its renditions."""
    shown = picture_fields(fact["picture"]) if "picture" in fact else {}
    plain = {field: value for field, value in fact.items() if field != "picture"}
    _add(models.Media, models.MediaText, whose, position, plain | shown)
