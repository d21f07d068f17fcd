"""What all tests share."""

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import override_settings

from .public_pages import make_site


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests with transactions of their own empty all tables after themselves, those never to be emptied too."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("petitions_staffact", "petitions_decision", "petitions_ledgerrecord"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_never_emptied")


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
