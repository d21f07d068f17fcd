"""Requests that no form of ours sends are refused before anything reads them."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse

STAFF_PAGES = "/admin/"
NUL = "\0"
# Python stops at 4,300 digits and the database at 19; Django turns neither into an answer.
LONGEST_KEY = 18
LONGEST_QUERY = 2000


class NoFiles(FileUploadHandler):
    """Public forms take no files: what is sent as one is read past and kept nowhere."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None


class RefuseUnreadable:
    """Answers 400, 413 or 414 with an empty body, which HelpfulErrors fills."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _has_nul_outside_its_body(request):
            return HttpResponse(status=400)
        # Redirects repeat it, and whatever reads it takes the longer the longer it is.
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            return HttpResponse(status=414)
        if _is_too_large(request):
            return HttpResponse(status=413)
        if not _is_for_staff(request):
            request.upload_handlers = [NoFiles(request)]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Public forms name the field that holds a NUL; Django's own pages for staff let it reach the database.

        Here and not above: only now has the token of the form been checked.
        """
        if request.method == "POST" and _is_for_staff(request) and not _is_readable_form(request):
            return HttpResponse(status=400)
        return None


def _is_for_staff(request: HttpRequest) -> bool:
    return request.path_info.startswith(STAFF_PAGES)


def _has_nul_outside_its_body(request: HttpRequest) -> bool:
    return "%00" in request.META.get("QUERY_STRING", "") or any(NUL in value for value in request.COOKIES.values())


def _is_too_large(request: HttpRequest) -> bool:
    """Only staff upload files. Whoever else sends a large body is answered before it is written to disk."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return False
    return not (_is_for_staff(request) and request.user.is_active and request.user.is_staff)


def _is_readable_form(request: HttpRequest) -> bool:
    keys = request.POST.getlist("_selected_action")
    return all(key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY for key in keys) and not any(
        NUL in value for _name, values in request.POST.lists() for value in values
    )
