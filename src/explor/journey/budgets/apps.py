from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "explor.journey.budgets"
    label = "budgets"
    verbose_name = "Budgets"

    def ready(self) -> None:
        from explor.ground.common import slots

        from . import queries, rules

        slots.fill("panel:mission:reseau", queries.for_mission, order=20)
        slots.fill("panel:mission:association", queries.for_mission, order=20)
        slots.fill("mission:clearing", rules.missing_to_clear)
        for hat in ("reseau", "coordination", "financeur"):
            slots.fill(f"home:{hat}", queries.consolidated)
        slots.fill("home:reseau", queries.envelopes, order=60)
