"""Addresses of the read-only JSON, the same in every language."""

from django.urls import path

from .views import counts

app_name = "api"

urlpatterns = [
    path("petitions/<slug:slug>/count.json", counts.count, name="count"),
]
