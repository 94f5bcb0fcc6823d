from django.apps import AppConfig


class EligibilityConfig(AppConfig):
    name = "explor.journey.eligibility"
    label = "eligibility"
    verbose_name = "Éligibilité"

    def ready(self) -> None:
        from explor.ground.common import slots

        from . import pages, rules

        slots.fill("calls:conditions", rules.conditions_of)
        slots.fill("panel:call:reseau", pages.panel_of_call, order=1)
