"""Pictures that organizers uploaded. A proxy or object storage may serve them instead; nothing depends on this view."""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from petitions.kept_uploads import FOLDER

TYPES = {
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
A_YEAR = 365 * 24 * 3600


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """Files keep their name for ever, since a new upload gets a new one."""
    content_type = TYPES.get(PurePosixPath(name).suffix.lower())
    try:
        is_kept = FOLDER in PurePosixPath(name).parts
        if content_type is None or is_kept or "\0" in name or not default_storage.exists(name):
            raise Http404("no such picture")
        response = FileResponse(default_storage.open(name), content_type=content_type)
    except (SuspiciousFileOperation, OSError, ValueError) as error:
        raise Http404("no such picture") from error
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
