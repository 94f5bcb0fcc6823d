from django.apps import AppConfig


class EligibilityConfig(AppConfig):
    name = "explor.journey.eligibility"
    label = "eligibility"
    verbose_name = "Éligibilité"

    def ready(self) -> None:
        from explor.ground.ui import hooks

        from . import pages, rules

        hooks.register("calls:conditions", rules.conditions_of)
        hooks.register("panel:call:reseau", pages.panel_of_call, order=1)
