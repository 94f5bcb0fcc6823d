from django.apps import AppConfig


class NominationsConfig(AppConfig):
    name = "explor.journey.nominations"
    label = "nominations"
    verbose_name = "Personnes proposées par leur employeur"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Purge
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, pages
        from .models import Nomination

        item = NavItem(label="Profils recherchés", name="nominations:employeur_wanted")
        old = Purge(
            key="nominations.people",
            term="nomination",
            label="personnes proposées par leur employeur",
            due=Nomination.objects.old,
            erase=actions.erase_nomination,
        )
        digests = Purge(
            key="nominations.digests",
            term="digest",
            label="empreintes d’adresses de personnes proposées",
            due=Nomination.objects.with_old_digest,
            erase=actions.erase_digest,
        )
        hooks.register("privacy.purges", old, order=50)
        hooks.register("privacy.purges", digests, order=51)
        hooks.register("nav:employeur", item, order=45)
        hooks.register("panel:shortlist:reseau", pages.panel_for_need, order=30)
        hooks.register("experts.draft", actions.fill_draft)
        self._register_rights()

    def _register_rights(self) -> None:
        """Register a person's nominations for the copy and the erasure of their data."""
        from explor.ground.privacy.kinds import Erasure, OwnData
        from explor.ground.ui import hooks

        from . import actions, selectors

        copy = OwnData(
            "nominations.nominations", "propositions de votre employeur", selectors.received_by
        )
        hooks.register("privacy.copies", copy, order=40)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="propositions de votre employeur",
                erase=actions.erase_nominations,
                gone="Ce que votre employeur a écrit pour vous proposer.",
            ),
            order=30,
        )
