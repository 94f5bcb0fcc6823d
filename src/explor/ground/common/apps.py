from django.apps import AppConfig
from django.core.checks import Error, register

from . import slots


class CommonConfig(AppConfig):
    name = "explor.ground.common"
    label = "common"
    verbose_name = "Manières communes"


@register
def every_filled_slot_is_offered(app_configs: object, **kwargs: object) -> list[Error]:
    """A slot filled under a name nobody offers would show nothing, silently."""
    return [Error(f"Slot « {name} » is filled but never offered.") for name in slots.orphans()]
