"""How every form of the public pages is laid out; Django finds it by FORM_RENDERER."""

from django.forms.renderers import TemplatesSetting


class SiteForms(TemplatesSetting):
    """Widgets' templates are found in templates/ too: the captcha's own has inline script, ours has none."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
