from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "explor.journey.incidents"
    label = "incidents"
    verbose_name = "Incidents"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import pages

        abroad = NavItem(label="À l’étranger", name="incidents:reseau_abroad", group="Départs")
        listed = NavItem(label="Incidents", name="incidents:reseau_incidents", group="Départs")
        hooks.register("nav:reseau", abroad, order=41)
        hooks.register("nav:reseau", listed, order=42)
        for role in ("expert", "association", "reseau"):
            hooks.register(f"panel:mission:{role}", pages.for_mission, order=6)
        hooks.register("tasks:reseau", pages.waiting_for, order=5)
        hooks.register("home:reseau", pages.abroad_today, order=5)
        hooks.register("networks.links", pages.links_of)
        self._register_rights()

    def _register_rights(self) -> None:
        """Register a person's incidents for the purge, the copy and the erasure of their data."""
        from explor.ground.privacy.kinds import Erasure, OwnData, Purge
        from explor.ground.ui import hooks

        from . import actions, pages, selectors

        for key, term, label, due in (
            ("incidents.incidents", "incident", "incidents", selectors.without_accident),
            ("incidents.accidents", "accident", "accidents", selectors.with_accident),
        ):
            old = Purge(key=key, term=term, label=label, due=due, erase=actions.erase_incident)
            hooks.register("privacy.purges", old, order=44)
        for key, label, rows in (
            ("incidents.incidents", "incidents signalés", selectors.own_incidents),
            ("incidents.measures", "suites données à des incidents", selectors.own_measures),
        ):
            hooks.register("privacy.copies", OwnData(key, label, rows), order=50)
        erasure = Erasure(
            label="incidents signalés",
            kept=pages.kept_of,
            erase=actions.erase_words,
            gone="Le texte des incidents sans gravité que vous avez signalés.",
        )
        hooks.register("privacy.erasures", erasure, order=31)
