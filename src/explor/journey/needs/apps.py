from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "explor.journey.needs"
    label = "needs"
    verbose_name = "Besoins"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Erasure, OwnData
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions
        from .actions.partner import follow_partner
        from .pages import (
            home,
            similar,  # noqa: F401 (defines its hooks)
        )
        from .pages.own import kept_of
        from .selectors.own import own_comments, own_needs

        own = NavItem(label="Besoins", name="needs:association_needs")
        hooks.register("nav:association", own, order=25)
        board = NavItem(label="Besoins", name="needs:reseau_needs", group="Besoins")
        hooks.register("nav:reseau", board, order=20)
        hooks.register("tasks:association", home.tasks_of_association, order=10)
        hooks.register("tasks:reseau", home.tasks_of_network, order=10)
        hooks.register("home:association", home.open_calls, order=10)
        hooks.register("progress", home.steps, order=10)
        hooks.register("panel:project:association", home.panel_of_project, order=10)
        hooks.register("organisations.renamed", follow_partner)
        self._register_purges()
        for key, label, rows in (
            ("needs.needs", "besoins commencés", own_needs),
            ("needs.comments", "remarques écrites", own_comments),
        ):
            hooks.register("privacy.copies", OwnData(key, label, rows), order=30)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="besoins",
                kept=kept_of,
                erase=actions.erase_drafts,
                gone="Les brouillons d’une association dont vous êtes la seule personne.",
            ),
            order=30,
        )

    def _register_purges(self) -> None:
        from explor.ground.privacy.kinds import Purge
        from explor.ground.ui import hooks

        from . import actions, emails, selectors

        drafts = Purge(
            key="needs.drafts",
            term="draft",
            label="brouillons de besoins",
            due=selectors.stale_drafts,
            erase=actions.erase_draft,
            warn=emails.draft_ends,
        )
        refused = Purge(
            key="needs.refused",
            term="refused",
            label="textes de besoins refusés ou retirés",
            due=selectors.refused,
            erase=actions.erase_texts,
        )
        presences = Purge(
            key="needs.presences",
            term="presence",
            label="présences sur une page",
            due=selectors.old_presences,
        )
        for each in (drafts, refused, presences):
            hooks.register("privacy.purges", each, order=30)
