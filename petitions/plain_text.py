"""Text that the public sees: nothing hides in it, turns its neighbours around or leaves its line."""

import regex

from .normal_forms import composed

# Bidirectional embeddings, overrides and isolates turn the text around them; no word needs them.
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINE_ENDS = regex.compile(r"[\p{Cc}\p{Zl}\p{Zp}]")
NEW_LINE = regex.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# Drawn as nothing though they count as signs or letters: empty cells of Braille and hieroglyphs, a note without a head.
BLANK = "\u2800\U00013441\U00013442\U0001d159"
BLANKS = regex.compile(f"[{BLANK}]")
# Also byte order marks, tags and the fillers of Hangul, which count as letters. Joiners, variation selectors, soft
# hyphens and the like do their work unseen and stay: Khmer and Thai break lines at them.
NEVER_SEEN = regex.compile(
    f"[{''.join(BIDI_CONTROLS)}]"
    r"|[\p{Default_Ignorable_Code_Point}--[\u00ad\u034f\u061c\u200b-\u200f\u2060\ufe00-\ufe0f\U000e0100-\U000e01ef]]",
    regex.V1,
)
# Those that stand above one another grow out of the line; Vietnamese, Greek and Thai need no more than three.
STACKING = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f[\p{M}&&[\p{Thai}\p{Lao}]]]"
STACK_OF_MARKS = regex.compile(rf"({STACKING}{{3}}){STACKING}+", regex.V1)
SOMETHING_SEEN = regex.compile(rf"[^\p{{Z}}\p{{C}}\p{{M}}\p{{Default_Ignorable_Code_Point}}{BLANK}]")
GAP = regex.compile(r"\n{3,}")
CLUSTER = regex.compile(r"\X")
# Families of emoji are long; of flags, `\X` takes the square of their number.
LONGEST_CLUSTER = 20
# What a text may be cut between: words, and what readers see as one character where words are not parted by spaces.
UNPARTED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
PIECE = regex.compile(rf"\s+|(?=[{UNPARTED}])\X|[^\s{UNPARTED}]+")


def plain_line(text: str) -> str:
    """One line without control characters and without what would turn its neighbours around or is never seen."""
    shown = NEVER_SEEN.sub("", BLANKS.sub(" ", LINE_ENDS.sub(" ", text)))
    # Not the ideographic space: Chinese and Japanese paragraphs begin with it.
    return bounded(composed(shown)).strip(" ")


def plain_lines(text: str) -> str:
    """Several lines, at most one empty between them; "" where nothing is to be seen."""
    lines = "\n".join(plain_line(line).rstrip() for line in NEW_LINE.split(text))
    return GAP.sub("\n\n", lines).strip("\n") if SOMETHING_SEEN.search(lines) else ""


def bounded(text: str) -> str:
    """Composed text with no more marks on a letter than stay within the line."""
    return STACK_OF_MARKS.sub(r"\1", text)


def cut_between_words(text: str, longest: int) -> str:
    """At most `longest` characters as readers count them, the ellipsis among them; a longer first word stays."""
    looked_at = text[: longest * LONGEST_CLUSTER]
    pieces = PIECE.findall(looked_at)
    lengths = [len(CLUSTER.findall(piece)) for piece in pieces]
    if (looked_at == text and sum(lengths) <= longest) or len(pieces) < 2:
        return text
    shown, length = pieces[0], lengths[0]
    for piece, more in zip(pieces[1:], lengths[1:], strict=True):
        length += more
        if length >= longest:
            break
        shown += piece
    return shown.rstrip(" ,;:–-(（「『《") + "…"
