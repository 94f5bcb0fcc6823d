from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "explor.journey.budgets"
    label = "budgets"
    verbose_name = "Budgets"

    def ready(self) -> None:
        from explor.ground.common import slots

        from . import pages, rules

        slots.fill("panel:mission:reseau", pages.for_mission, order=20)
        slots.fill("panel:mission:association", pages.for_mission, order=20)
        slots.fill("mission:clearing", rules.missing_to_clear)
        for hat in ("reseau", "coordination", "financeur"):
            slots.fill(f"home:{hat}", pages.consolidated)
        slots.fill("home:reseau", pages.envelopes, order=60)
