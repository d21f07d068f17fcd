"""What all tests share."""

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import override_settings

from .public_pages import make_site


@pytest.fixture(autouse=True)
def empty_cache():
    """Pages, domain rules and signed texts are remembered between requests; a test starts without memories."""
    for name in settings.CACHES:
        caches[name].clear()


@pytest.fixture
def fresh_pages():
    """Every request renders its page anew."""
    with override_settings(PAGE_CACHE_SECONDS=0):
        yield


@pytest.fixture
def site(db, fresh_pages):
    return make_site()
