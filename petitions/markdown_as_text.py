"""Organizers' Markdown as plain text, for mails: its facts and links, without its marks."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from textwrap import indent

from markdown_it.token import Token

from .markdown import parsed

LISTS = {"bullet_list_open": "bullet_list_close", "ordered_list_open": "ordered_list_close"}


@lru_cache(maxsize=256)
def to_text(source: str, base: str) -> str:
    """`base` is the address of the page that relative links lead on from."""
    return "\n\n".join(_blocks(iter(parsed(source, base))))


def _blocks(tokens: Iterator[Token], closing: str = "") -> Iterator[str]:
    for token in tokens:
        if token.type == closing:
            return
        yield _block(token, tokens)


def _block(token: Token, tokens: Iterator[Token]) -> str:
    if token.type in ("paragraph_open", "heading_open"):
        words = _line(next(tokens).children or [])
        next(tokens)
        return words
    if token.type in LISTS:
        return "\n".join(_items(token, tokens))
    if token.type == "blockquote_open":
        return indent("\n\n".join(_blocks(tokens, "blockquote_close")), "> ", lambda line: True)
    return indent(token.content.rstrip("\n"), "    ") if token.content else "* * *"


def _items(opening: Token, tokens: Iterator[Token]) -> Iterator[str]:
    number = int(opening.attrs.get("start", 1))
    for item in tokens:
        if item.type == LISTS[opening.type]:
            return
        number = int(item.attrs.get("value", number))
        mark = f"{number}. " if opening.tag == "ol" else "- "
        words = "\n".join(_blocks(tokens, "list_item_close"))
        yield mark + indent(words, " " * len(mark)).lstrip(" ")
        number += 1


def _line(tokens: Sequence[Token]) -> str:
    return "".join(_words(tokens))


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    address = ""
    for token in tokens:
        if token.type in ("text", "code_inline", "image", "text_special"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "link_open":
            # An address that stands for itself is said once.
            address = "" if token.markup == "autolink" else str(token.attrs["href"]).removeprefix("mailto:")
        elif token.type == "link_close" and address:
            yield f" <{address}>"
