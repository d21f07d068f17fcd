"""How lists name a petition."""

from ..languages import best_text, reader_language
from ..models import Petition


def title_of(petition: Petition) -> str:
    """Its title for whoever looks. The petition's texts are loaded."""
    text = best_text(petition.loaded_texts, reader_language(), petition.source_language)
    return text.title if text else petition.slug
