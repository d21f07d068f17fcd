"""The page on which an invalidated signer objects: one button, and a few words if they like."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ..forms import ObjectionForm
from ..integrity import objections
from ..links import token_for
from ..models import Signature
from ..origin import same_site_only
from .tokens import opens


@require_http_methods(["GET", "HEAD", "POST"])
@same_site_only
@opens(lambda: Signature.objects.select_related("petition"))
def object_to(request: HttpRequest, signature: Signature) -> HttpResponse:
    """GET shows the button, for mail scanners open links; POST objects, once."""
    token = token_for(signature)
    if signature.state != Signature.State.INVALIDATED:
        return redirect("petitions:signature", token=token)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            objections.object_to(signature, form.cleaned_data["words"])
            return redirect("petitions:signature-object", token=token)
        status = 422
    context: dict[str, Any] = {
        "petition": signature.petition,
        "text": signature.petition.text(),
        "own_url": reverse("petitions:signature", args=[token]),
        "object_url": reverse("petitions:signature-object", args=[token]),
        "objection": objections.own_objection(signature),
        "form": form,
    }
    return render(request, "petitions/object.html", context, status=status)
