from django.apps import AppConfig

MISSION = (
    *("open_mission", "depart", "come_back", "close", "postpone"),
    *("cancel", "interrupt", "go_remote"),
)
PROPOSAL = ("introduce", "decline", "lapse", "recall", "lose", "free")


class IndicatorsConfig(AppConfig):
    name = "explor.oversight.indicators"
    label = "indicators"
    verbose_name = "Chiffres"

    def ready(self) -> None:
        from explor.ground.ui import hooks

        from . import pages

        hooks.register("home:coordination", pages.for_coordination, order=30)
        followed = (
            *(f"missions.mission.{verb}" for verb in MISSION),
            *(f"proposals.proposal.{verb}" for verb in PROPOSAL),
            *("decisions.decision.announce", "needs.need.withdraw"),
            *("sheets.projectsheet.publish", "sheets.projectsheet.withdraw"),
        )
        for event in followed:
            hooks.register("reactions", (event, "indicators.follow"))
