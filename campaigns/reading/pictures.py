"""A picture as pages show it: in the width and format that the reader's screen and browser ask for."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..models import Media
from .words import Words

AVIF, WEBP = "image/avif", "image/webp"


@dataclass(frozen=True)
class ShownPicture:
    """Shown by `campaigns/reading/_picture.html`."""

    media: Media
    alt: Words
    caption: Words

    @property
    def credit(self) -> str:
        return self.media.credit

    @property
    def avif(self) -> str:
        return self._srcset(AVIF)

    @property
    def webp(self) -> str:
        return self._srcset(WEBP)

    @cached_property
    def _fallback(self) -> dict[str, Any]:
        """The widest for browsers that know no `srcset`, and for previews of links. Until it is made, the original."""
        media = self.media
        original = {"name": media.image.name, "width": media.width, "height": media.height}
        return max(media.renditions_like(WEBP), key=lambda each: each["width"], default=original)

    @property
    def url(self) -> str:
        return self._url_of(self._fallback["name"])

    @property
    def width(self) -> str:
        """Ready for an attribute: no locale parts its thousands."""
        return str(self._fallback["width"])

    @property
    def height(self) -> str:
        return str(self._fallback["height"])

    def _srcset(self, mime: str) -> str:
        renditions = self.media.renditions_like(mime)
        return ", ".join(f"{self._url_of(each['name'])} {each['width']}w" for each in renditions)

    def _url_of(self, name: str) -> str:
        return self.media.image.storage.url(name)
