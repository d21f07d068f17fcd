"""Makes the fonts that letters are set in, from Debian's Noto packages: python -m dev.fonts

Only for changing what the fonts hold; the results are kept beside the code (campaigns/typesetting/fonts/README.md).
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from campaigns.typesetting import FONTS

Ranges = list[list[int]]

SYSTEM = Path("/usr/share/fonts")
CJK = SYSTEM / "opentype/noto/NotoSansCJK-Regular.ttc"
CJK_FILE = "NotoSansCJK-Regular.otf"
ALPHABETIC = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansArabic-Bold.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansDevanagari-Bold.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansHebrew-Bold.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansThai-Bold.ttf",
)
# Not among the fonts of texts: what they lack is drawn by those, so they are not listed as covering anything.
HEADLINES = ("NotoSerif-Bold.ttf",)
# Places of the regional fonts in Noto's collection.
JAPAN, KOREA, CHINA, TAIWAN = range(4)
# The national character sets, by Python's names. A character in several has a glyph for each country.
REPERTOIRES = {JAPAN: ("cp932", "euc_jis_2004"), KOREA: ("euc_kr",), CHINA: ("gb2312",), TAIWAN: ("big5",)}
HANGUL = range(0xAC00, 0xD7A4)
# Chinese and Japanese dashes are two of these; the font joins them to one stroke.
DASHES = (0x2014, 0x2015)
# Rarer Han characters, of names mostly, have one glyph only.
RARE = ("gbk",)


def repertoire(codecs: Iterable[str]) -> set[int]:
    """All characters that one of the encodings can write, but those for private use."""
    found = set()
    for codec in codecs:
        for codepoint in [*range(0x20, 0xD800), *range(0xF900, 0x30000)]:
            try:
                chr(codepoint).encode(codec)
            except UnicodeEncodeError:
                continue
            found.add(codepoint)
    return found


def glyphs_by_country() -> tuple[dict[int, str], set[str]]:
    """The glyph each character has outside its own country's texts, and all glyphs needed by some country."""
    wanted = {country: repertoire(codecs) for country, codecs in REPERTOIRES.items()}
    wanted[KOREA].update(HANGUL)
    rare = repertoire(RARE).difference(*wanted.values())
    cmaps = [TTFont(CJK, fontNumber=country, lazy=True).getBestCmap() for country in REPERTOIRES]
    glyphs: dict[int, set[str]] = {}
    for country, codepoints in [*wanted.items(), (CHINA, rare)]:
        for codepoint in codepoints & cmaps[country].keys():
            glyphs.setdefault(codepoint, set()).add(cmaps[country][codepoint])
    # The rules that lead to a country's glyph begin at the Japanese one.
    plain = {
        codepoint: cmaps[JAPAN][codepoint] if len(found) > 1 else next(iter(found))
        for codepoint, found in glyphs.items()
    }
    return plain, set(plain.values()).union(*glyphs.values())


def joined_dashes(font: TTFont) -> set[str]:
    """The glyphs that dashes in a row become; no character leads to them."""
    dashes = {font.getBestCmap()[dash] for dash in DASHES}
    subtables = (subtable for lookup in font["GSUB"].table.LookupList.Lookup for subtable in lookup.SubTable)
    rules = (getattr(getattr(subtable, "ExtSubTable", subtable), "ligatures", {}) for subtable in subtables)
    return {rule.LigGlyph for by_first in rules for dash in dashes for rule in by_first.get(dash, [])}


def options(**changes: object) -> Options:
    """Without what screens need and paper does not: hints, and lines that run from top to bottom."""
    chosen = Options(hinting=False, notdef_outline=True, name_IDs=["*"], **changes)
    chosen.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    return chosen


def build_cjk() -> TTFont:
    """One font for Chinese, Japanese and Korean: the text's language chooses the country's glyphs (locl).

    Four fonts, one a country, would hold the glyphs they share four times.
    """
    plain, needed = glyphs_by_country()
    font = TTFont(CJK, fontNumber=JAPAN, recalcTimestamp=False)
    # Format 4 overflows with so many characters, and nobody needs it beside format 12.
    font["cmap"].tables = [table for table in font["cmap"].tables if table.format == 12]
    for table in font["cmap"].tables:
        table.cmap.update(plain)
    # Without closure no glyph comes in that only a rule, and no country's character set, asks for.
    subsetter = Subsetter(options(layout_features=["ccmp", "locl"], layout_closure=False))
    subsetter.populate(unicodes=set(plain), glyphs=needed | joined_dashes(font))
    subsetter.subset(font)
    return font


def build_alphabetic(name: str) -> TTFont:
    font = TTFont(SYSTEM / "truetype/noto" / name, recalcTimestamp=False)
    subsetter = Subsetter(options())
    subsetter.populate(unicodes=set(font.getBestCmap()))
    subsetter.subset(font)
    return font


def ranges(codepoints: Iterable[int]) -> Ranges:
    """[[32, 126], [160, 383], …]"""
    found: list[list[int]] = []
    for codepoint in sorted(codepoints):
        if found and codepoint == found[-1][1] + 1:
            found[-1][1] = codepoint
        else:
            found.append([codepoint, codepoint])
    return found


def write_coverage(coverage: Mapping[str, Ranges]) -> None:
    lines = [f"{json.dumps(name)}: {json.dumps(found, separators=(',', ':'))}" for name, found in coverage.items()]
    (FONTS / "coverage.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="ascii")


def main() -> None:
    coverage = {}
    for name in (*ALPHABETIC, CJK_FILE):
        font = build_cjk() if name == CJK_FILE else build_alphabetic(name)
        font.save(FONTS / name)
        coverage[name] = ranges(font.getBestCmap())
        print(f"{name}: {len(font.getBestCmap())} characters, {(FONTS / name).stat().st_size // 1000} kB")
    write_coverage(coverage)
    for name in HEADLINES:
        build_alphabetic(name).save(FONTS / "headlines" / name)


if __name__ == "__main__":
    main()
