"""The languages of a source reach `lang=`, so they are languages."""

import pytest
from django.core.exceptions import ValidationError

from campaigns.models import Evidence


@pytest.mark.parametrize("written", ["<b>!! deutsch", "ko English-"])
def test_what_is_no_language_is_refused(written):
    with pytest.raises(ValidationError):
        Evidence._meta.get_field("source_languages").run_validators(written)


def test_what_was_stored_before_is_left_out():
    assert Evidence(source_languages="KO, <b>!! en").languages == [("ko", "한국어"), ("en", "English")]
