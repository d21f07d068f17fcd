"""Files chosen in a form that is shown again for another field: kept for a day, so that nobody chooses them twice.

They lie beside the other uploads, where every web machine finds them, under names that nobody guesses.
"""

import secrets
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.core import signing
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils import timezone

FOLDER = "kept-uploads"
SALT = "petitions.kept-upload"
KEPT = timedelta(days=1)
LONGEST_TOKEN = 1000
LARGEST_FILE = 10 * 1024 * 1024
# Of all staff together; past it, files are chosen again.
MOST_FILES = 200
REMOVED_AT_ONCE = 500


class KeptUpload(ContentFile):
    """As it was kept; whoever kept it has looked at it."""

    token: str

    def __init__(self, content: bytes, name: str, token: str) -> None:
        super().__init__(content, name)
        self.token = token


def keep(file: File, owner: Any) -> str:
    """A token that gives this file back to the same person for a day; empty where there is no room for it."""
    if isinstance(file, KeptUpload):
        return file.token
    if file.size > LARGEST_FILE or len(_names()) >= MOST_FILES:
        return ""
    shown = PurePath(file.name or "file")
    file.seek(0)
    name = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}{shown.suffix}", file)
    return signing.dumps({"file": name, "shown": shown.name[-100:], "owner": owner}, salt=SALT)


def kept(token: str, owner: Any) -> KeptUpload | None:
    """None where it is too old, somebody else's, or made up."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    try:
        found = signing.loads(token, salt=SALT, max_age=KEPT)
        if found["owner"] != owner:
            return None
        with default_storage.open(found["file"]) as file:
            return KeptUpload(file.read(), found["shown"], token)
    except (signing.BadSignature, OSError):
        return None


def forget_old() -> int:
    """Delete what nobody came back for; how many files."""
    ends_before = timezone.now() - KEPT
    old = [name for name in _names() if _is_older(name, ends_before)][:REMOVED_AT_ONCE]
    for name in old:
        default_storage.delete(name)
    return len(old)


def _names() -> list[str]:
    try:
        return [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    except FileNotFoundError:
        return []


def _is_older(name: str, moment: Any) -> bool:
    try:
        return default_storage.get_modified_time(name) < moment
    except OSError:
        # Another worker was quicker.
        return False
