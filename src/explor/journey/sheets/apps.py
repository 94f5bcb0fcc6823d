from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "explor.journey.sheets"
    label = "sheets"
    verbose_name = "Fiches projet"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Purge
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem
        from explor.journey.missions.states import MISSION

        from . import actions, pages, rules, selectors
        from .actions.imports import KIND

        hooks.register("imports.kinds", KIND)
        nav = NavItem(label="Fiches projet", name="sheets:reseau_sheets", group="Publier")
        hooks.register("nav:reseau", nav, order=70)
        hooks.register("tasks:association", pages.tasks_of_association, order=70)
        hooks.register("tasks:reseau", pages.tasks_of_network, order=70)
        hooks.register("progress", pages.progress_steps, order=70)
        hooks.register("figures:sheets", selectors.counted)
        hooks.register("panel:project:reseau", pages.panel_for_network)
        hooks.register("panel:project:association", pages.panel_for_association)
        hooks.register("panel:mission:reseau", pages.panel_for_mission, order=90)
        hooks.register("mission:undoing", rules.missing_to_undo)
        hooks.register("reports.withdrawn", actions.remove_summary)
        for verb in {row.verb for row in MISSION.transitions}:
            hooks.register("reactions", (f"missions.mission.{verb}", "sheets.follow_mission"))
        old = Purge(
            key="sheets.imports",
            term="imports",
            label="imports de fiches",
            due=selectors.old_imports,
            erase=actions.erase_lines,
        )
        hooks.register("privacy.purges", old, order=21)
