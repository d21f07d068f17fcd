"""The staff's second factor: a code from their telephone, or a recovery code from paper."""

from .devices import has_one, is_asked_of, is_offered, must_have_one
from .waiting import wait_for_code

__all__ = ["has_one", "is_asked_of", "is_offered", "must_have_one", "wait_for_code"]
