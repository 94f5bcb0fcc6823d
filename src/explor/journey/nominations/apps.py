from django.apps import AppConfig


class NominationsConfig(AppConfig):
    name = "explor.journey.nominations"
    label = "nominations"
    verbose_name = "Personnes proposées par leur employeur"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Erasure, OwnData
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, pages, selectors

        item = NavItem(label="Profils recherchés", name="nominations:employeur_wanted")
        hooks.register("nav:employeur", item, order=45)
        hooks.register("panel:shortlist:reseau", pages.panel_for_need, order=30)
        hooks.register("experts.draft", actions.fill_draft)
        for key, label, rows in (
            ("nominations.nominations", "propositions de votre employeur", selectors.received_by),
        ):
            hooks.register("privacy.copies", OwnData(key, label, rows), order=40)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="propositions de votre employeur",
                erase=actions.erase_nominations,
                gone="Ce que votre employeur a écrit pour vous proposer.",
            ),
            order=30,
        )
