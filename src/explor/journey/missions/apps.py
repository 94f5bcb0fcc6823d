from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "explor.journey.missions"
    label = "missions"
    verbose_name = "Missions"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import pages, rules, selectors
        from .pages.charge import in_charge
        from .pages.trail import stage_of

        hooks.define("missions.tools", "NavItem: what else an officer does with the list")
        hooks.define("sheet:results", "callable(mission) -> dict: public results of a mission")
        for role, order in (("reseau", 40), ("association", 40), ("expert", 40), ("employeur", 40)):
            hooks.register(
                f"nav:{role}",
                NavItem(
                    label="Missions",
                    name=f"missions:{role}_missions",
                    group="Départs" if role == "reseau" else "",
                ),
                order=order,
            )
            hooks.register(f"tasks:{role}", pages.waiting_for, order=50)
        self._register_purges()
        hooks.register("experts.contact", selectors.in_touch)
        hooks.register("experts.named", selectors.is_named)
        hooks.register("progress", pages.steps, order=50)
        hooks.register("proposals:trail", stage_of, order=20)
        hooks.register("proposals:in_charge", in_charge)
        hooks.register("proposals:losing", rules.missing_to_lose)
        hooks.register("releases:amending", rules.missing_to_amend)
        hooks.register("panel:need:reseau", pages.for_need, order=50)
        hooks.register("panel:need:association", pages.for_need, order=50)
        hooks.register("sheet:missions", pages.public_missions)
        hooks.register("reactions", ("releases.release.approve", "missions.open_mission"))
        hooks.register("reactions", ("releases.release.conclude", "missions.note_agreement"))
        hooks.register("reactions", ("releases.release.end", "missions.follow_end"))
        hooks.register("reactions", ("releases.release.ask_employer", "missions.follow_employer"))
        hooks.register("reactions", ("travel_advice.advice.read", "missions.follow_reading"))
        self._register_rights()

    def _register_purges(self) -> None:
        from explor.ground.privacy.kinds import Purge
        from explor.ground.ui import hooks

        from . import selectors
        from .actions.checklist import erase_travel

        travel = Purge(
            key="missions.travel",
            term="travel",
            label="dates et notes de voyage",
            due=selectors.travel_data,
            erase=erase_travel,
        )
        hooks.register("privacy.purges", travel, order=40)

    def _register_rights(self) -> None:
        """Register a person's missions for the copy and the erasure of their data."""
        from explor.ground.privacy.kinds import Erasure, OwnData
        from explor.ground.ui import hooks

        from . import selectors
        from .actions.erasure import erase_travel
        from .pages.own import blockers_of_erasure, kept_of

        for key, label, rows in (
            ("missions.missions", "missions", selectors.own_missions),
            ("missions.steps", "préparation des missions", selectors.own_steps),
        ):
            hooks.register("privacy.copies", OwnData(key, label, rows), order=50)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="missions",
                kept=kept_of,
                erase=erase_travel,
                blockers=blockers_of_erasure,
                gone="Vos données de voyage.",
            ),
            order=30,
        )
