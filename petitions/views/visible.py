"""Which petitions the public may read."""

from django.shortcuts import get_object_or_404

from ..models import Petition


def visible_petition(slug: str) -> Petition:
    """Raises Http404."""
    return get_object_or_404(Petition.objects.visible(), slug=slug)
