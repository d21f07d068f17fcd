"""The one way in which a row's children are fetched: before they are needed, into an attribute `loaded_…`."""

from django.db.models import Prefetch


def loaded(relation: str) -> Prefetch:
    """`loaded("story__texts")` fills `loaded_texts` of each story."""
    return Prefetch(relation, to_attr=f"loaded_{relation.rpartition('__')[2]}")
