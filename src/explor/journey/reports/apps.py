from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "explor.journey.reports"
    label = "reports"
    verbose_name = "Comptes rendus"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.journey.missions.states import MISSION, standing
        from explor.journey.missions.states import State as MissionState

        from . import pages, rules, selectors

        # A report is opened as soon as nothing more happens on the spot.
        for row in MISSION.transitions:
            if standing(row.target).is_over and row.target != MissionState.CLOSED:
                slots.fill("reactions", (f"missions.mission.{row.verb}", "reports.open_report"))
        for hat in ("expert", "association", "reseau", "employeur"):
            slots.fill(f"panel:mission:{hat}", pages.for_mission, order=10)
        for hat in ("expert", "association", "reseau"):
            slots.fill(f"todo:{hat}", pages.waiting_for, order=60)
        slots.fill("road", pages.steps, order=60)
        slots.fill("mission:closing", rules.missing_to_close)
        slots.fill("needs:lessons", selectors.lessons_of)
        slots.fill("sheet:results", pages.public_results)
