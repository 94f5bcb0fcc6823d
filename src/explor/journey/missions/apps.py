from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "explor.journey.missions"
    label = "missions"
    verbose_name = "Missions"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import pages

        slots.offer("sheet:results", "callable(mission) -> dict: public results of a mission")
        for hat, order in (("reseau", 40), ("association", 40), ("expert", 40), ("employeur", 40)):
            slots.fill(
                f"nav:{hat}",
                NavItem(label="Missions", name=f"missions:{hat}_missions"),
                order=order,
            )
            slots.fill(f"todo:{hat}", pages.waiting_for, order=50)
        slots.fill("road", pages.steps, order=50)
        slots.fill("panel:need:reseau", pages.for_need, order=50)
        slots.fill("panel:need:association", pages.for_need, order=50)
        slots.fill("sheet:missions", pages.public_missions)
        slots.fill("reactions", ("releases.release.approve", "missions.open_mission"))
        slots.fill("reactions", ("releases.release.conclude", "missions.note_agreement"))
        slots.fill("reactions", ("releases.release.end", "missions.follow_end"))
        slots.fill("reactions", ("travel_advice.advice.read", "missions.follow_reading"))
