"""What the public sees of a name unless its owner says otherwise: the given name, and one letter of the family's.

A proposal: whoever signs may write another. The orders of names are as people write them, so a rule can only guess.
"""

import regex

LONGEST = 60
# As long as a form takes; of flags, `\X` takes the square of their number.
LONGEST_LOOKED_AT = 600
HIDDEN = "○○"
CLUSTER = regex.compile(r"\X")
IN_BRACKETS = regex.compile(r"[(（\[「『][^)）\]」』]*[)）\]」』]?")
AFTER_POINT = regex.compile(r"(?<=\.)(?=\p{L})")
EAST_ASIAN = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}]")
# Names from elsewhere, in their own order: マリア・ロッシ, 玛丽亚·罗西.
PARTED = regex.compile(r"[・·•‧]")
# Thai and Lao write some vowels before the letter that a name is said to begin with.
BEFORE_THE_LETTER = regex.compile(r"^\p{Logical_Order_Exception}")
ARTICLE = regex.compile(r"^(a[ld-tz]|el|bin|ibn)-(?=\p{L})", regex.IGNORECASE)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    "arch atty avv cav d.ssa dipl doña dott dott.ssa dr dra engr frau herr hr ing lic m.lle m.me mlle "
    "mme mr mrs ms prof prof.ssa profa rev sig sig.na sig.ra sir sr sra srta"
)
AFTER_NAMES = _words(
    "b.a b.sc bsc esq fils filho ii iii iv jr junior júnior ll.m m.a m.d m.sc mba md msc neto osb père ph.d phd "
    "s.j sj snr sr 교수 님 박사 씨 さん 様 先生"
)
PARTICLES = _words(
    "abu al af av ben bin binti bint da das de del della den der di do dos du e el ibn la le van von y zu"
)
# Said first in these countries. In Latin letters only what is known for a family's name tells which order was chosen.
FAMILY_FIRST = frozenset(["HU", "VN"])
MAYBE_FAMILY_FIRST = _words("CN HK KP KR MO TW")
VIETNAMESE_FAMILIES = _words(
    "bùi đặng đỗ dương hồ hoàng huỳnh lê lý ngô nguyễn phạm phan trần võ vũ bui dang do duong hoang huynh le ly ngo "
    "nguyen pham tran vo vu"
)
EAST_ASIAN_FAMILIES = _words(
    "ahn an bae baek bang byun cha chae chang chen cheng cheung chiang cho choe choi chu chun chung deng ding dong "
    "gao go gong gu guo ha han he heo ho hong hsu hu huang hwang im jang jeon jeong ji jiang jin jo joo ju jung kang "
    "kim ko koo kwak kwon lam lau lee leung li liang lim lin liu lu luo ma min moon na nam ng no noh oh pak park peng "
    "rhee ryu seo seong shen shim shin sin sohn son song suh sun sung tang tsai wang wei wong woo wu xie xu yan yang "
    "ye yi yim yoo yoon you yu yun zhang zhao zheng zhou zhu"
)
FAMILIES_OF_TWO = _words(
    "남궁 황보 제갈 사공 선우 서문 독고 동방 欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 司徒 皇甫 慕容 令狐 尉迟 尉遲 夏侯 端木"
)


def proposed_shown_name(name: str, country: str = "") -> str:
    """`Elena Marchi` becomes `Elena M.`, `Nagy Anna` from Hungary `Anna N.`, `홍길동` becomes `홍○○`."""
    name = name[:LONGEST_LOOKED_AT]
    words = _bare(name) or name.split()
    if not words:
        return ""
    if EAST_ASIAN.search(words[0]):
        return _cut(_east_asian([word for word in words if EAST_ASIAN.search(word)], country))
    given, family = _parted(words, name, country)
    initial = f"{letter}." if (letter := _initial(family)) else ""
    return _cut(given, f" {initial}" if initial else "") if given else _cut(initial)


def _bare(name: str) -> list[str]:
    """The words of a name without what stands in brackets, titles and `Jr.`; `Prova, Ana` turned around."""
    text = IN_BRACKETS.sub(" ", name).strip(" ,、，") or name.strip("()（）[] ")
    before, _comma, after = text.replace("，", ",").partition(",")
    family, given = _without_titles(before), _without_titles(after.replace(",", " "))
    return [*given, *family[-1:]] if given else family


def _without_titles(text: str) -> list[str]:
    words = text.split()
    while words and words[0].rstrip(".").casefold() in TITLES:
        words.pop(0)
    while len(words) > 1 and words[-1].rstrip(".").casefold() in AFTER_NAMES:
        words.pop()
    if len(words) == 1 and words[0].rstrip(".").casefold() in AFTER_NAMES:
        return []
    words = AFTER_POINT.sub(" ", " ".join(words)).split()
    while len(words) > 1 and words[-1].casefold() in PARTICLES:
        words.pop()
    return words


def _parted(words: list[str], name: str, country: str) -> tuple[str, str]:
    """What is shown, and what only its first letter is shown of."""
    if len(words) == 1:
        # `Ana (Prova)` hides the rest by itself.
        return (words[0], "") if IN_BRACKETS.search(name) else ("", words[0])
    place = _place_of_family(words, country)
    family = words[place]
    # Of a name in the other order all but its first word may be the family's too, as in `Kiss Nagy Anna`.
    given = words[0] if place else words[-1]
    if not place and country in MAYBE_FAMILY_FIRST:
        given = " ".join(words[1:])
    return given, family


def _place_of_family(words: list[str], country: str) -> int:
    written_large = [word for word in words if len(word) > 2 and word.isupper()]
    if len(written_large) == 1:
        return 0 if words[0] in written_large else -1
    families: frozenset[str] = frozenset()
    if country == "VN" or not words[0].isascii():
        families = VIETNAMESE_FAMILIES
    elif country in MAYBE_FAMILY_FIRST:
        families = EAST_ASIAN_FAMILIES
    is_first, is_last = words[0].casefold() in families, words[-1].casefold() in families
    if is_first != is_last:
        return 0 if is_first else -1
    return 0 if is_first or country in FAMILY_FIRST else -1


def _initial(word: str) -> str:
    """The first letter with its marks, as a reader sees it; without an article as in `al-Assad`."""
    letters = BEFORE_THE_LETTER.sub("", ARTICLE.sub("", word))
    return next((cluster for cluster in CLUSTER.findall(letters) if cluster[0].isalpha()), "")


def _east_asian(words: list[str], country: str) -> str:
    """Family first, and rings in place of the given name.

    Korean and Taiwanese sites, courts and papers hide it so: many share a family's name, and a letter of the given
    one would tell half of it. Always two rings, so that they do not tell its length.
    """
    if point := PARTED.search(words[0], 1):
        return f"{words[0][: point.end()]}{HIDDEN}"
    if len(words) > 1:
        first, last = words[0], words[-1]
        turned = len(last) == 1 < len(first) and first not in FAMILIES_OF_TWO
        foreign = bool(regex.match(r"\p{Hangul}{3}|\p{Katakana}{2}", first))
        return f"{first} {HIDDEN}" if foreign else f"{last if turned else first}{HIDDEN}"
    name = words[0]
    if name[:2] in FAMILIES_OF_TWO and len(name) > 2:
        return f"{name[:2]}{HIDDEN}"
    if country == "JP" and regex.fullmatch(r"\p{Han}{4}", name):
        return f"{name[:2]}{HIDDEN}"
    return f"{CLUSTER.findall(name)[0]}{HIDDEN}"


def _cut(text: str, ending: str = "") -> str:
    """No longer than the column, and never inside what a reader sees as one character."""
    shown = ""
    for cluster in CLUSTER.findall(text):
        if len(shown) + len(cluster) + len(ending) > LONGEST:
            break
        shown += cluster
    return shown.rstrip() + ending
