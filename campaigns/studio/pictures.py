"""Uploaded pictures: what is taken, and what is removed from it before anybody sees it."""

from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

FORMATS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
LARGEST_FILE = 10 * 1024 * 1024
# A small file may unpack to gigabytes. At this size one upload takes up to 370 MB for a moment.
LARGEST_PIXELS = 40_000_000
LONGEST_SIDE = 2400
# Telephones and editors write about ten. Each costs a pass over the whole picture, however few bytes it has.
MOST_SCANS = 40
START_OF_SCAN = b"\xff\xda"
# Pillow's name for the JPEG of telephones that keep a second picture in it.
SAME_AS_JPEG = "MPO"


def cleaned_picture(upload: UploadedFile) -> ContentFile:
    """The picture drawn anew: upright, no larger than screens need, without place, device or date.

    Raises ValidationError.
    """
    if upload.size is None or upload.size > LARGEST_FILE:
        raise ValidationError(_("Choose a picture of 10 MB or less."), code="too_large")
    try:
        upload.seek(0)
        if upload.read().count(START_OF_SCAN) > MOST_SCANS and _is_jpeg(upload):
            raise ValidationError(_("Save this picture anew as a plain JPEG, then choose it."), code="too_many_scans")
        upload.seek(0)
        with Image.open(upload, formats=list(FORMATS)) as picture:
            return _drawn_anew(picture, PurePath(upload.name or "").stem)
    except ValidationError:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(_("Choose a JPEG, PNG or WebP picture."), code="not_a_picture") from error


def _is_jpeg(upload: UploadedFile) -> bool:
    """By its first bytes; in the other formats the mark of a scan means nothing."""
    upload.seek(0)
    return upload.read(2) == b"\xff\xd8"


def _drawn_anew(picture: Image.Image, stem: str) -> ContentFile:
    if picture.width * picture.height > LARGEST_PIXELS:
        raise ValidationError(_("Choose a picture of 40 million points or less."), code="too_many_points")
    kind = "JPEG" if picture.format == SAME_AS_JPEG else str(picture.format)
    colours = picture.info.get("icc_profile")
    # First of all: from here on nothing holds the picture in its full size.
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(picture)
    if kind == "JPEG" and upright.mode not in ("RGB", "L"):
        upright, colours = upright.convert("RGB"), None
    # Whatever else the file knew stays behind: only what is named here is written.
    upright.info = {}
    written = BytesIO()
    upright.save(written, kind, quality=85, optimize=True, exif=b"", icc_profile=colours)
    return ContentFile(written.getvalue(), name=f"{stem}{FORMATS[kind]}")
