"""The demonstration's pictures: linocuts of the campaign team, CC0."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from ..reading.pictures import AVIF, WEBP
from ..studio.renditions import compressed
from .files import PICTURES

# Every one is as wide and as high.
HEIGHTS = {1280: 720, 720: 405}


def picture_fields(name: str) -> dict[str, Any]:
    """The fields of a `Media` that shows this picture, with its renditions."""
    renditions = [
        {"name": _stored(f"{name}-{width}", mime), "type": mime, "width": width, "height": height}
        for width, height in HEIGHTS.items()
        for mime in (AVIF, WEBP)
    ]
    original = next(each["name"] for each in renditions if each["type"] == WEBP)
    return {"image": original, "renditions": renditions, "renditions_of": original}


def _stored(stem: str, mime: str) -> str:
    """The file's name in the storage. A second loading finds the file of the first."""
    file = f"{stem}.{mime.removeprefix('image/')}"
    stored = f"campaigns/demo-{file}"
    if not default_storage.exists(stored):
        default_storage.save(stored, ContentFile(_content(file)))
    return stored


def _content(file: str) -> bytes:
    """All ship but the small WebP, which few browsers still ask for."""
    if (PICTURES / file).exists():
        return (PICTURES / file).read_bytes()
    with Image.open(PICTURES / file.replace("-720", "-1280")) as picture:
        picture.thumbnail((720, 405), Image.Resampling.LANCZOS)
        return compressed(picture, WEBP)
