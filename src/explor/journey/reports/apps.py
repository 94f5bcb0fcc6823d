from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "explor.journey.reports"
    label = "reports"
    verbose_name = "Comptes rendus"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.journey.missions.states import MISSION, properties_of
        from explor.journey.missions.states import State as MissionState

        from . import pages, rules, selectors

        # A report is opened once the expert is back, or where the file is closed on a report.
        for row in MISSION.transitions:
            reached = properties_of(row.target)
            back = reached.has_left and reached.is_over and row.target != MissionState.CLOSED
            if back or reached.needs_report:
                hooks.register("reactions", (f"missions.mission.{row.verb}", "reports.open_report"))
        hooks.register("reactions", ("missions.mission.undo_return", "reports.follow_undo"))
        for role in ("expert", "association", "reseau", "employeur"):
            hooks.register(f"panel:mission:{role}", pages.for_mission, order=10)
        for role in ("expert", "association", "reseau"):
            hooks.register(f"tasks:{role}", pages.waiting_for, order=60)
        hooks.register("progress", pages.steps, order=60)
        hooks.register("mission:closing", rules.missing_to_close)
        hooks.register("mission:unreported", rules.missing_to_do_without)
        hooks.register("mission:undoing", rules.missing_to_undo)
        hooks.register("needs:lessons", selectors.lessons_of)
        hooks.register("sheet:results", pages.public_results)
        self._register_rights()

    def _register_rights(self) -> None:
        """Register a person's reports for the purge, the copy and the erasure of their data."""
        from explor.ground.privacy.kinds import Erasure, OwnData, Purge
        from explor.ground.ui import hooks

        from . import actions, pages, selectors

        old = Purge(
            key="reports.texts",
            term="accounts",
            label="comptes rendus et évaluations de missions",
            due=selectors.with_old_texts,
            erase=actions.erase_texts,
        )
        hooks.register("privacy.purges", old, order=46)
        for key, label, rows in (
            ("reports.reports", "comptes rendus", selectors.own_reports),
            ("reports.evaluations", "évaluations écrites", selectors.own_evaluations),
        ):
            hooks.register("privacy.copies", OwnData(key, label, rows), order=50)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="comptes rendus",
                kept=pages.kept_of,
                erase=actions.withdraw_summaries,
                gone="Votre accord à la publication de vos résumés : ils quittent les fiches.",
            ),
            order=30,
        )
