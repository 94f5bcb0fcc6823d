"""The form renderer of the whole site."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Form renderer that uses the templates `forms/form.html` and `forms/field.html`."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
