"""The picture that a telephone's program reads the secret from."""

from base64 import b32encode
from io import BytesIO
from urllib.parse import quote, urlencode

import segno
from django.utils.safestring import SafeString, mark_safe


def written(key: str) -> str:
    """The secret for typing, in groups of four."""
    text = b32encode(bytes.fromhex(key)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def address(key: str, name: str, issuer: str) -> str:
    """As https://github.com/google/google-authenticator/wiki/Key-Uri-Format describes it."""
    label = quote(f"{issuer.replace(':', '')}:{name}")
    return f"otpauth://totp/{label}?" + urlencode({"secret": written(key).replace(" ", ""), "issuer": issuer})


def picture(text: str) -> SafeString:
    """Attributes only, as our Content-Security-Policy wants it; a white edge, so that dark pages can be read too.

    Not kept in memory as other QR codes are: it holds a secret.
    """
    drawn = BytesIO()
    options = {"xmldecl": False, "nl": False, "omitsize": True, "svgclass": None, "lineclass": None}
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=4, light="#fff", **options)
    return mark_safe(drawn.getvalue().decode("ascii"))
