"""What organizers should look at, said in whole sentences, with the page on which it is mended."""

from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext

from petitions.languages import language_name, reader_language


@dataclass(frozen=True)
class Problem:
    """What an organizer should look at, and the page on which it is mended."""

    text: str
    url: str = ""
    # What it is a problem of, where the sentence does not say so itself.
    about: str = ""
    # Where one press mends it, and what stands on the button.
    act_url: str = ""
    act: str = ""

    def __str__(self) -> str:
        return (
            gettext("%(about)s: %(problem)s") % {"about": self.about, "problem": self.text} if self.about else self.text
        )


def page_of(row: Model, section: str = "") -> str:
    """A row's page in the admin, at one of its sections."""
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return f"{url}#{section}" if section else url


def named(tag: str) -> str:
    """The language's name for the organizer."""
    return language_name(tag, reader_language())
