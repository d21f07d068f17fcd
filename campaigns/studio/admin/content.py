"""Media and evidence."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from petitions.admin.kept_files import KeptFilesAdmin

from ...models import Evidence, EvidenceText, Media, MediaText
from ...reading.pictures import WEBP
from ...staff.owned import OwnedAdmin, OwnedTextInline
from ..pictures import cleaned_picture


class MediaForm(forms.ModelForm):
    def clean_image(self) -> Any:
        image = self.cleaned_data["image"]
        return cleaned_picture(image) if isinstance(image, UploadedFile) else image


class MediaTextInline(OwnedTextInline):
    model = MediaText


@admin.register(Media)
class MediaAdmin(KeptFilesAdmin, OwnedAdmin):
    form = MediaForm
    inlines = [MediaTextInline]
    list_display = ("name", "preview", "owner", "languages", "is_hero", "is_graphic", "position")
    list_filter = ("is_hero", "is_graphic", *OwnedAdmin.list_filter)
    search_fields = ("name", "credit")
    search_help_text = _("Words of the name or of the credit.")
    readonly_fields = ("preview",)
    fieldsets = (
        (None, {"fields": ("name", "image", "preview", "video_url", "credit", "is_hero", "is_graphic")}),
        OwnedAdmin.owner_fieldset,
    )

    @admin.display(description=_("preview"))
    def preview(self, media: Media) -> SafeString | str:
        if media.is_graphic:
            return gettext("hard to look at")
        # On a page that came back with an error, the chosen file is stored nowhere yet.
        if not media.image or not getattr(media.image, "_committed", True):
            return "–"
        small = next((each["name"] for each in media.renditions_like(WEBP)), media.image.name)
        return format_html('<img class="preview" src="{}" alt="" loading="lazy">', media.image.storage.url(small))


class EvidenceTextInline(OwnedTextInline):
    model = EvidenceText


@admin.register(Evidence)
class EvidenceAdmin(OwnedAdmin):
    inlines = [EvidenceTextInline]
    list_display = ("source", "kind", "dated_on", "owner", "languages", "position")
    list_filter = ("kind", *OwnedAdmin.list_filter)
    search_fields = ("source", "url", "texts__claim")
    search_help_text = _("Words of the source, the claim or the link.")
    fieldsets = (
        (None, {"fields": ("kind", "source", "dated_on", "url", "source_languages")}),
        OwnedAdmin.owner_fieldset,
    )
