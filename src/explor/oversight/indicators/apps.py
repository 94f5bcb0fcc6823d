from django.apps import AppConfig

PROPOSAL = ("introduce", "decline", "lapse", "recall", "lose", "free")


class IndicatorsConfig(AppConfig):
    name = "explor.oversight.indicators"
    label = "indicators"
    verbose_name = "Chiffres"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.journey.missions.states import MISSION

        from . import pages

        hooks.register("home:coordination", pages.for_coordination, order=30)
        followed = (
            "missions.mission.open_mission",
            *sorted({f"missions.mission.{row.verb}" for row in MISSION.transitions}),
            *(f"proposals.proposal.{verb}" for verb in PROPOSAL),
            *("decisions.decision.announce", "needs.need.withdraw"),
            *("sheets.projectsheet.publish", "sheets.projectsheet.withdraw"),
        )
        for event in followed:
            hooks.register("reactions", (event, "indicators.follow"))
