"""Opening what a signed link points to, or a page that helps when it no longer points to anything."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from ..links import BadTokenError, open_token


def opens(
    queryset: Callable[[], models.QuerySet],
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Hand the view the row its token names. Cut-off or forged: 404; erased since: 410. Both say what to do."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @never_cache
        @wraps(view)
        def opened(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            rows = queryset()
            try:
                row = open_token(rows, token)
                if row is not None:
                    return view(request, row, *args, **kwargs)
            except BadTokenError:
                return render(request, "petitions/link_broken.html", status=404)
            except rows.model.DoesNotExist:
                pass  # erased in another window, just now
            return render(request, "petitions/link_gone.html", status=410)

        return opened

    return decorate
