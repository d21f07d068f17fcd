"""Text is normalised everywhere, once, where it comes in."""

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import models
from django.urls import reverse

from campaigns.demo import files
from campaigns.letters.forms import ComposerForm
from campaigns.models import City
from campaigns.reports.forms import ReportForm
from petitions import forms as petition_forms
from petitions.admin.signatures import ReasonForm
from petitions.models import Comment
from petitions.words_field import LEEWAY, WordsField

from ..factories import make_petition, make_staff

# As another system sends it: letters in parts, its own line ends, spaces nobody sees.
TYPED = "Cafe\u0301 부산\r\nsí".replace("부산", "\u1107\u116e\u1109\u1161\u11ab").replace("sí", "si\u0301  ")
LINES, LINE = "Café 부산\nsí", "Café 부산 sí"
PUBLIC: list[type] = [
    form for form in vars(petition_forms).values() if isinstance(form, type) and issubclass(form, forms.BaseForm)
]
PUBLIC_FIELDS = [
    pytest.param(field, id=f"{form.__qualname__}.{name}")
    for form in [*PUBLIC, ComposerForm, ReportForm, ReasonForm]
    for name, field in getattr(form, "base_fields", {}).items()
    if isinstance(field, forms.CharField)
]
SCREENS = [pytest.param(model, id=model._meta.label) for model in admin.site._registry]


def text_fields(request, screen):
    """Of a screen and of its rows: the form's field for each field of plain text that can be written."""
    if not screen.has_change_permission(request):
        return
    sheets = [screen.get_form(request), *(each.form for each, _inline in screen.get_formsets_with_inlines(request))]
    for sheet in sheets:
        for name, field in sheet.base_fields.items():
            stored = sheet._meta.model._meta.get_field(name) if name in _stored(sheet) else None
            is_chosen = isinstance(field, forms.ChoiceField) or getattr(stored, "choices", None)
            if type(stored) in (models.CharField, models.TextField) and not is_chosen:
                yield f"{sheet._meta.model.__name__}.{name}", field


def _stored(sheet):
    return {field.name for field in sheet._meta.model._meta.get_fields()}


@pytest.mark.parametrize("field", PUBLIC_FIELDS)
def test_public_field_of_text_normalises_what_is_typed(field):
    assert isinstance(field, WordsField)
    assert field.to_python(TYPED) in (LINES, LINE)


@pytest.mark.parametrize("field", PUBLIC_FIELDS)
def test_public_field_of_text_is_bounded_before_it_is_normalised(field, monkeypatch):
    monkeypatch.setattr(type(field), "normal", None)
    with pytest.raises(forms.ValidationError):
        field.clean("e\u0301" * LEEWAY * field.max_length)


@pytest.mark.django_db
@pytest.mark.parametrize("model", SCREENS)
def test_screen_of_staff_normalises_every_text(rf, model):
    request = rf.get("/")
    request.user = get_user_model()(is_superuser=True, is_staff=True, is_active=True)
    for name, field in text_fields(request, admin.site._registry[model]):
        if name != "User.username":
            assert field.to_python(TYPED) == LINES, name


@pytest.mark.django_db
class TestStored:
    def test_comment_is_stored_as_others_write_it(self, client):
        petition = make_petition()
        fields = {"name": "Jose\u0301 Neri", "email": "jose@mail.example", "text": TYPED}
        client.post(reverse("petitions:comments", args=[petition.slug]), fields)
        assert Comment.objects.values_list("name", "text").get() == ("José Neri", LINES)

    def test_city_of_an_organizer_is_stored_as_others_write_it(self, client):
        client.force_login(make_staff("Organizers"))
        fields = {
            "slug": "daegu",
            "native_name": "\u1103\u1162\u1100\u116e  ",
            "native_language": "ko",
            "country": "KR",
            "latitude": "35.87",
            "longitude": "128.6",
            "time_zone": "Asia/Seoul",
            "names-TOTAL_FORMS": 1,
            "names-INITIAL_FORMS": 0,
            "names-0-language": "es",
            "names-0-name": "Taegu",
            "names-0-also_written": "Dae\u0301gu\r\nTaegu  ",
        }
        client.post(reverse("admin:campaigns_city_add"), fields)
        city = City.objects.get()
        assert (city.native_name, city.names.get().also_written) == ("대구", "Daégu\nTaegu")


def test_demonstration_is_read_as_others_write_it(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "TEXTS", tmp_path)
    (tmp_path / "it").mkdir()
    (tmp_path / "it" / "story.md").write_bytes(TYPED.encode())
    assert files.texts("story.md") == {"it": LINES}
