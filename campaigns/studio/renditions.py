"""Smaller and lighter copies of pictures, so that a telephone does not load what a large screen needs."""

import logging
from datetime import timedelta
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from PIL import Image, features

from ..models import Media
from ..reading.pictures import AVIF, WEBP
from .pictures import LARGEST_PIXELS

logger = logging.getLogger(__name__)

# Who has not finished by then has died; another draws it.
LEASE = timedelta(minutes=5)
# A telephone, and the widest place on a page or in a link's preview.
WIDTHS = (720, 1280)
# At these a linocut's edges stay clean; 1280 points wide it takes 80 and 140 kB.
QUALITY = {AVIF: {"quality": 50, "speed": 6}, WEBP: {"quality": 75, "method": 6}}
UNREADABLE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)


def make_one() -> int:
    """Make those of one picture that lacks them; 0 where none does. Several workers take different pictures.

    An upload is not kept waiting for them: until then the original is shown.
    """
    media = _claimed()
    if media is None:
        return 0
    made = _made(media)
    # Another picture may have come in its place meanwhile: what was made is then of a former one, and not shown.
    row = Media.objects.filter(pk=media.pk)
    row.update(renditions=made, renditions_of=media.image.name, renditions_claimed_at=None)
    return 1


def _claimed() -> Media | None:
    """Drawing takes seconds: an organizer who saves the row meanwhile must not wait for a lock."""
    is_free = Q(renditions_claimed_at=None) | Q(renditions_claimed_at__lt=Now() - LEASE)
    lacking = Media.objects.exclude(image="").exclude(renditions_of=F("image")).filter(is_free).order_by("pk")
    with transaction.atomic():
        media = lacking.select_for_update(skip_locked=True, no_key=True).first()
        if media:
            Media.objects.filter(pk=media.pk).update(renditions_claimed_at=Now())
    return media


def _made(media: Media) -> list[dict[str, Any]]:
    """Of what cannot be read there are none, and it is not tried again."""
    try:
        with media.image.storage.open(str(media.image.name)) as stored:
            original = BytesIO(stored.read())
    except FileNotFoundError:
        logger.warning("picture %s is not in the storage", media.pk)
        return []
    try:
        with Image.open(original) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                return []
            drawn = _drawn(picture)
    except UNREADABLE:
        logger.warning("picture %s cannot be drawn smaller", media.pk, exc_info=True)
        return []
    return [_stored(media, *each) for each in drawn]


def _drawn(picture: Image.Image) -> list[tuple[str, int, int, bytes]]:
    """Type, width, height and content of each; none is larger than the original."""
    widths = sorted({min(width, picture.width) for width in WIDTHS}, reverse=True)
    colours = picture.info.get("icc_profile")
    # First of all: from here on nothing holds the picture in its full size.
    picture.thumbnail((widths[0], picture.height), Image.Resampling.LANCZOS)
    if picture.mode not in ("RGB", "RGBA"):
        picture, colours = picture.convert("RGBA" if picture.has_transparency_data else "RGB"), None
    picture.info = {}
    drawn = []
    for width in widths:
        picture.thumbnail((width, picture.height), Image.Resampling.LANCZOS)
        for mime in QUALITY:
            if features.check(mime.removeprefix("image/")):
                drawn.append((mime, *picture.size, compressed(picture, mime, colours)))
    return drawn


def compressed(picture: Image.Image, mime: str, colours: bytes | None = None) -> bytes:
    written = BytesIO()
    picture.save(written, mime.removeprefix("image/"), exif=b"", icc_profile=colours, **QUALITY[mime])
    return written.getvalue()


def _stored(media: Media, mime: str, width: int, height: int, content: bytes) -> dict[str, Any]:
    """Beside the original, by its name."""
    path = PurePosixPath(media.image.name or "")
    name = f"{path.with_name(path.stem)}-{width}.{mime.removeprefix('image/')}"
    stored = media.image.storage.save(name, ContentFile(content))
    return {"name": stored, "type": mime, "width": width, "height": height}
