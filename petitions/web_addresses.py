"""Telling web and e-mail addresses from names: `evil.app` and `пример.рф` are some, `J.de Vries` and `St.Paul` none."""

from functools import lru_cache
from itertools import pairwise

import regex
from publicsuffixlist import PublicSuffixList

from .normal_forms import normalize


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SURELY = regex.compile(r"@|//|\bhttps?:|\bwww\d?\b|\bxn--|\b\d{1,3}(\.\d{1,3}){3}\b", regex.IGNORECASE)
BETWEEN_WORDS = regex.compile(r"[^\p{L}\p{M}\p{N}._/-]+")
# The beginning of a word that goes on in another script, as `evil.app에서`.
LATIN_BEGINNING = regex.compile(r"[a-z]+(?=[^a-z\d-])")
# Words between given and family name. Without a space after an initial some look like countries' domains.
PARTICLES = _words(
    "abu af al am av ben bin da das de del den der di do dos du el ibn im in la le st te ten ter van von zu"
)
GIVEN_NAMES_CUT_SHORT = _words("chr fco fr geo joh jos ma ph th")
# Titles whose end is a domain too.
TITLES = _words("b.sc d.sc dipl.ing dr.ing dr.med gent.ma gent.mo ill.ma ill.mo m.me m.sc rev.ma rev.mo s.to")
# After the point a capital begins a name, as in `J.Wang`, though there are domains `wang` and `li`. But in these:
COMMON_DOMAINS = _words(
    "app biz click club cn com info io link live ly me net online org ru shop site store top vip xyz"
)


def holds_address(text: str) -> bool:
    """Whether mail programs and readers would take a part of a short text for an address."""
    # Mail programs make links of full-width letters and of the ideographic full stop too.
    plain = normalize("NFKC", text).replace("。", ".")
    if SURELY.search(plain):
        return True
    words = [word for word in BETWEEN_WORDS.split(plain) if word]
    return any(_is_address(word, following) for word, following in pairwise([*words, ""]) if "." in word)


def _is_address(word: str, following: str) -> bool:
    hosts = [host.strip("._-") for host in word.split("/")]
    for number, host in enumerate(hosts, 1):
        has_path = number < len(hosts)
        labels = [label for label in host.split(".") if label]
        for place, domain in enumerate(labels[1:], 1):
            after = labels[place + 1] if place + 1 < len(labels) else "" if has_path else following
            if _is_domain(domain) and not _is_name(labels[place - 1], domain, after, has_path):
                return True
    return False


def _is_name(before: str, domain: str, after: str, has_path: bool) -> bool:
    """Whether what looks like an address is a name written without its space."""
    start = before.casefold()
    if f"{start}.{domain.casefold()}" in TITLES and before[0].isupper():
        return not has_path
    if domain[0].isupper():
        return len(before) < 3 or (len(before) < 5 and domain.casefold() not in COMMON_DOMAINS)
    is_cut_short = len(before) == 1 or start in GIVEN_NAMES_CUT_SHORT or (len(before) == 2 and before[0].isupper())
    return domain in PARTICLES and before.isalpha() and is_cut_short and after[:1].isalpha()


@lru_cache(maxsize=1)
def _public_suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False, only_icann=True)


def _is_domain(label: str) -> bool:
    """Whether the internet has such a top-level domain, by the list that browsers use."""
    low = label.casefold()
    names = [low, *(match[0] for match in [LATIN_BEGINNING.match(low)] if match)]
    return any(len(name) > 1 and _public_suffixes().publicsuffix(f"x.{name}") is not None for name in names)
