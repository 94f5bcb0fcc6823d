import re

from django import forms
from django.apps import AppConfig
from django.core.checks import Error, register
from django.template import base

from . import hooks


class UiConfig(AppConfig):
    name = "explor.ground.ui"
    label = "ui"
    verbose_name = "Pages et composants"

    def ready(self) -> None:
        """Allow template tags on several lines; add an example to errors of e-mails and URLs."""
        base.tag_re = re.compile(base.tag_re.pattern, re.DOTALL)
        # An invalid e-mail address is refused with an example, like dates and numbers.
        forms.EmailField.default_error_messages = {
            "invalid": "Écrivez une adresse comme nom@exemple.fr."
        }
        forms.URLField.default_error_messages = {
            "invalid": "Écrivez une adresse qui commence par https://."
        }
        base.kwarg_re = re.compile(base.kwarg_re.pattern, re.DOTALL)


@register
def every_hook_is_defined(app_configs: object, **kwargs: object) -> list[Error]:
    """Return a system check error for each hook that has items but that no package defined."""
    return [Error(f"Hook « {name} » has items but no definition.") for name in hooks.undefined()]
