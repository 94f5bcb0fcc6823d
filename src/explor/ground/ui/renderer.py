"""The form renderer of the whole site."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Render every form with `forms/form.html`, and every field with `forms/field.html`."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
