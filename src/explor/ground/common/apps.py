import re

from django.apps import AppConfig
from django.core.checks import Error, register
from django.template import base

from . import slots


class CommonConfig(AppConfig):
    name = "explor.ground.common"
    label = "common"
    verbose_name = "Manières communes"

    def ready(self) -> None:
        """Let a template tag stand on several lines, one argument each, as a call in Python."""
        base.tag_re = re.compile(base.tag_re.pattern, re.DOTALL)
        base.kwarg_re = re.compile(base.kwarg_re.pattern, re.DOTALL)


@register
def every_filled_slot_is_offered(app_configs: object, **kwargs: object) -> list[Error]:
    """A slot filled under a name nobody offers would show nothing, silently."""
    return [Error(f"Slot « {name} » is filled but never offered.") for name in slots.orphans()]
