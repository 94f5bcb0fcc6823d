from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "explor.journey.reports"
    label = "reports"
    verbose_name = "Comptes rendus"

    def ready(self) -> None:
        from explor.ground.common import slots

        from . import queries, rules

        for verb in ("come_back", "go_remote", "interrupt"):
            slots.fill("reactions", (f"missions.mission.{verb}", "reports.open_report"))
        for hat in ("expert", "association", "reseau", "employeur"):
            slots.fill(f"panel:mission:{hat}", queries.for_mission, order=10)
        for hat in ("expert", "association", "reseau"):
            slots.fill(f"todo:{hat}", queries.waiting_for, order=60)
        slots.fill("road", queries.steps, order=60)
        slots.fill("mission:closing", rules.missing_to_close)
        slots.fill("needs:lessons", queries.lessons_of)
        slots.fill("sheet:results", queries.public_results)
