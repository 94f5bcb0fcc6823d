from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "explor.journey.decisions"
    label = "decisions"
    verbose_name = "Décisions"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, pages, selectors

        letters = NavItem(
            label="Lettres", name="decisions:reseau_letter_templates", group="Le réseau"
        )
        hooks.register("nav:reseau", letters, order=91)
        hooks.register("committees:needs", selectors.needs_before_committee)
        hooks.register("committees:lock", actions.lock_needs)
        hooks.register("committees:links:member", pages.ranking_links_of_member, order=10)
        hooks.register("committees:links:network", pages.ranking_links_of_network)
        hooks.register("meetings:needs", pages.for_meeting)
        hooks.register("meetings:minutes", pages.minutes_of)
        hooks.register("meetings:unannounced", selectors.has_unannounced)
        hooks.register("meetings:ending", selectors.missing_voters)
        hooks.register("tasks:reseau", pages.tasks_of_network, order=20)
        hooks.register("progress", pages.steps, order=20)
        hooks.register("panel:call:reseau", pages.for_call)
        hooks.register("calls.envelope_uses", pages.uses_of_envelope, order=10)
        hooks.register("calls.cutting", pages.blockers_of_cut, order=10)
        hooks.register("panel:need:reseau", pages.for_need, order=20)
        hooks.register("panel:need:association", pages.for_need, order=20)
        hooks.register("needs.erasing", actions.erase_letter)
        hooks.register("needs:announced", selectors.announced_needs)
        hooks.register("reactions", ("needs.need.accept", "decisions.open_decision"))
        self._register_rights()

    def _register_rights(self) -> None:
        """Register the purge of refused needs, and the appeals of a person for their data."""
        from explor.ground.privacy.kinds import OwnData, Purge
        from explor.ground.ui import hooks
        from explor.journey.needs.actions import erase_texts

        from . import selectors
        from .selectors import own

        refused = Purge(
            key="decisions.refused",
            term="refused",
            label="textes de besoins non retenus par un comité",
            due=selectors.refused_needs,
            erase=erase_texts,
        )
        hooks.register("privacy.purges", refused, order=31)
        copy = OwnData("decisions.appeals", "demandes de réexamen", own.own_appeals)
        hooks.register("privacy.copies", copy, order=60)
