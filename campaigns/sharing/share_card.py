"""The picture that a link to a campaign is shown with: words set by typst, and the face beside them."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from babel.numbers import format_decimal
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext, ngettext, override
from PIL import Image, ImageChops, ImageOps, ImageStat

from petitions.languages import direction, locale_of
from petitions.links import interface_language
from petitions.normal_forms import normalized

from ..reading.milestones import last_milestone
from ..reading.page import CampaignPage
from ..typesetting.compiling import compiled, typst_text
from ..typesetting.coverage import missing_glyphs

SHEET = Path(__file__).parent / "share.typ"
WIDTH, HEIGHT, WORDS = 1200, 630, 600
PAPER = "#fbfaf7"
# Chats refuse what is larger than 300 kB.
LARGEST_FILE = 290_000
# A linocut differs by 4 of 255 from its drawing in so few colours, a photograph by 17: there one sees steps.
COLOURS, UNSEEN = 128, 6


@dataclass(frozen=True)
class ShareCard:
    """All that is drawn, but the exact numbers: they are those of the moment, and alone draw nothing anew.

    `sheet` is that of the drawing's plan: it changes with it.
    """

    language: str
    headline: str
    headline_language: str
    asked: str
    other: str
    face: str
    milestone: int
    goal: int
    is_open: bool
    sentence: str
    site: str
    sheet: str

    @classmethod
    def of(cls, page: CampaignPage) -> "ShareCard":
        reached, is_open = last_milestone(page.thermometer.total), page.campaign.takes_signatures
        return cls(
            language=page.language,
            headline=normalized(str(page.headline)),
            headline_language=page.headline.language,
            asked=normalized(page.asked),
            other=normalized(page.other),
            face=str(page.hero.media.image.name) if page.hero else "",
            milestone=reached,
            goal=page.campaign.petition.goal,
            is_open=is_open,
            sentence=sentence(page.language, reached, is_open=is_open),
            site=urlsplit(settings.SITE_URL).netloc,
            sheet=sha256(SHEET.read_bytes()).hexdigest(),
        )

    @property
    def digest(self) -> str:
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

    @property
    def can_be_drawn(self) -> bool:
        """Whether our fonts have all its letters."""
        return not missing_glyphs(" ".join((self.headline, self.asked, self.other, self.site)))


def draw(page: CampaignPage, card: ShareCard) -> tuple[str, bytes]:
    """The ending of the file's name, and the file. Raises UnprintableError, or OSError where the face is gone."""
    has_face = bool(card.face)
    data = _data(page, card) | {"width": WORDS if has_face else WIDTH}
    with Image.open(BytesIO(compiled(SHEET, data, format="png", ppi=72))) as words:
        drawn = words.convert("RGB")
    if has_face:
        face = _face(card.face)
        drawn.paste(face, (0 if direction(card.language) == "rtl" else WORDS, 0))
    return _light(drawn)


def _data(page: CampaignPage, card: ShareCard) -> dict[str, Any]:
    language, way = card.language, direction(card.language)
    return {
        "dir": way,
        "headline": typst_text(card.headline, card.headline_language, direction(card.headline_language)),
        "asked": typst_text(card.asked, language, way),
        "other": typst_text(card.other, language, way),
        "bar": list(_bar(page)),
        "count": _count(page, card),
        "site": typst_text(card.site, "en", "ltr"),
    }


def _bar(page: CampaignPage) -> Iterator[tuple[str, float]]:
    """Each part and its share of the bar, which is as long as the goal."""
    thermometer = page.thermometer
    whole = max(thermometer.goal, thermometer.total, 1)
    parts = {"here": thermometer.asked, "world": thermometer.world, "there": thermometer.other}
    return ((name, count / whole) for name, count in parts.items() if count)


def _count(page: CampaignPage, card: ShareCard) -> list[dict[str, Any]]:
    """The sentence in pieces, the number bold."""
    language, way, total = card.language, direction(card.language), page.thermometer.total
    before, mark, after = sentence(language, total, is_open=card.is_open).partition("%(count)s")
    number = format_decimal(total, locale=locale_of(language)) if mark else ""
    pieces = [(before, False), (number, True), (after, False)]
    return [typst_text(piece, language, way) | {"is_bold": is_bold} for piece, is_bold in pieces if piece]


def sentence(language: str, total: int, *, is_open: bool) -> str:
    """What is said of the count; the number alone where the interface does not speak the language."""
    spoken = interface_language(language)
    if spoken.split("-")[0] != language.split("-")[0]:
        return "%(count)s" if total else ""
    with override(spoken):
        if not total:
            return gettext("Be the first to sign") if is_open else ""
        if is_open:
            return ngettext("%(count)s has signed. And you?", "%(count)s have signed. And you?", total)
        return ngettext("%(count)s has signed", "%(count)s have signed", total)


def _face(name: str) -> Image.Image:
    """Cut to its place beside the words, the middle of the picture in the middle."""
    with default_storage.open(name) as stored, Image.open(stored) as picture:
        picture.draft("RGB", (WIDTH, WIDTH))
        cut = ImageOps.fit(picture, (WIDTH - WORDS, HEIGHT), Image.Resampling.LANCZOS, centering=(0.52, 0.5))
        ground = Image.new("RGB", cut.size, PAPER)
        if cut.has_transparency_data:
            layer = cut.convert("RGBA")
            ground.paste(layer, mask=layer)
            return ground
        return cut.convert("RGB")


def _light(drawn: Image.Image) -> tuple[str, bytes]:
    """As PNG where few colours tell all, for letters and linocuts stay sharp in it; else as JPEG."""
    written = BytesIO()
    few = drawn.quantize(COLOURS)
    few.save(written, "PNG", optimize=True)
    difference = ImageStat.Stat(ImageChops.difference(drawn, few.convert("RGB")))
    if max(difference.rms) <= UNSEEN and written.tell() <= LARGEST_FILE:
        return "png", written.getvalue()
    for quality in (85, 70, 50, 30):
        written = BytesIO()
        drawn.save(written, "JPEG", quality=quality, subsampling=0, optimize=True)
        if written.tell() <= LARGEST_FILE:
            break
    return "jpg", written.getvalue()
