from django.apps import AppConfig

# Actions on a project sheet that change its public content.
SHEET_VERBS = (*("publish", "withdraw", "rename", "correct", "write_from_file", "remove_summary"),)


class OpenDataConfig(AppConfig):
    name = "explor.public.open_data"
    label = "open_data"
    verbose_name = "Données ouvertes"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem
        from explor.journey.missions.states import MISSION

        nav = NavItem(label="Données ouvertes", name="open_data:reseau_datasets", group="Publier")
        hooks.register("nav:reseau", nav, order=75)
        followed = (
            *(f"sheets.projectsheet.{verb}" for verb in SHEET_VERBS),
            *sorted({f"missions.mission.{row.verb}" for row in MISSION.transitions}),
            *("decisions.decision.announce", "needs.need.withdraw", "calls.call.open"),
        )
        for event in followed:
            hooks.register("reactions", (event, "open_data.follow"))
