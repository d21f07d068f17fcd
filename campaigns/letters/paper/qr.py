"""The QR code that leads from paper back to the petition."""

from functools import lru_cache
from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=256)
def qr_svg(link: str) -> SafeString:
    """An SVG element of attributes only, as our Content-Security-Policy wants it; without the white edge."""
    drawn = BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, nl=False, omitsize=True, border=0, svgclass=None, lineclass=None)
    # Squares of black and white: nothing of the link's text is in it.
    return mark_safe(drawn.getvalue().decode("ascii"))
