import re

from django.apps import AppConfig
from django.core.checks import Error, register
from django.template import base

from . import hooks


class UiConfig(AppConfig):
    name = "explor.ground.ui"
    label = "ui"
    verbose_name = "Pages et composants"

    def ready(self) -> None:
        """Allow a template tag to span several lines, for example with one argument per line."""
        base.tag_re = re.compile(base.tag_re.pattern, re.DOTALL)
        base.kwarg_re = re.compile(base.kwarg_re.pattern, re.DOTALL)


@register
def every_hook_is_defined(app_configs: object, **kwargs: object) -> list[Error]:
    """Report an error for each hook that has items although no package defined it."""
    return [Error(f"Hook « {name} » has items but no definition.") for name in hooks.undefined()]
