"""A cache that is bounded by what it holds."""

import pytest

from campaign_site.memory import BoundedMemory


@pytest.fixture
def memory():
    made = BoundedMemory("test", {"OPTIONS": {"MAX_ENTRIES": 3, "MAX_BYTES": 1000}})
    yield made
    made.clear()


def kept(memory, *keys):
    return [key for key in keys if memory.get(key)]


def test_what_was_not_asked_for_the_longest_goes_first(memory):
    for key in "abc":
        memory.set(key, "x")
    memory.get("a")
    memory.set("d", "x")
    assert kept(memory, *"abcd") == ["a", "c", "d"]


def test_bytes_are_bounded(memory):
    for key in "abc":
        memory.set(key, "x" * 400)
    assert kept(memory, *"abc") == ["b", "c"]
    assert memory.held_bytes <= 1000


def test_what_is_larger_than_the_room_is_not_kept(memory):
    memory.set("a", "x")
    memory.set("b", "x" * 2000)
    assert kept(memory, "a", "b") == ["a"]


def test_room_is_free_again(memory):
    memory.set("a", "x" * 900)
    memory.set("a", "x")
    memory.set("b", "x" * 100)
    memory.delete("b")
    memory.delete("b")
    held = memory.held_bytes
    memory.delete("a")
    assert held > 0 == memory.held_bytes


def test_what_has_expired_takes_no_room(memory):
    memory.set("a", "x", timeout=-1)
    assert memory.get("a") is None
    assert memory.held_bytes == 0


def test_another_thread_counts_the_same_bytes(memory):
    memory.set("a", "x" * 400)
    again = BoundedMemory("test", {"OPTIONS": {"MAX_ENTRIES": 3, "MAX_BYTES": 1000}})
    assert again.held_bytes == memory.held_bytes > 400
