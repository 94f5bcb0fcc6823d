from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "explor.journey.proposals"
    label = "proposals"
    verbose_name = "Mises en relation"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, pages, rules, selectors

        hooks.define(
            "proposals:links",
            "callable(actor, proposal) -> list[(label, url)]: pages that explain a proposal",
        )
        hooks.register("experts.contact", selectors.in_touch)
        hooks.register("experts.erasing", actions.erase_reasons)
        hooks.define(
            "proposals:in_charge",
            "callable(proposal) -> list[(what, who)]: who sees to the journey and the insurance",
        )
        hooks.register("needs:withdrawing", rules.blockers_of_withdraw)
        hooks.register("shortlists:proposals", selectors.READS)
        hooks.register("leave_readings:days_taken", selectors.days_taken)
        hooks.register("verbs:candidate", pages.candidate_verbs)
        hooks.register("panel:shortlist:reseau", pages.seats_panel, order=10)
        hooks.register("panel:shortlist:reseau", pages.reserve_panel, order=20)
        hooks.register("tasks:reseau", pages.searches_to_do, order=30)
        hooks.register("tasks:reseau", pages.reserves_ending, order=31)
        for role in ("expert", "association", "employeur"):
            item = NavItem(label="Propositions", name=f"proposals:{role}_proposals")
            hooks.register(f"nav:{role}", item, order=30)
            hooks.register(f"tasks:{role}", pages.answers_to_give, order=30)
        hooks.register("progress", pages.steps, order=30)
        hooks.register("panel:need:reseau", pages.network_panel, order=30)
        hooks.register("panel:need:association", pages.association_panel, order=30)
        self._register_rights()

    def _register_rights(self) -> None:
        """Register a person's proposals for the copy and the erasure of their data."""
        from explor.ground.privacy.kinds import Erasure, OwnData
        from explor.ground.ui import hooks

        from . import rules, selectors
        from .pages.own import kept_of

        for key, label, rows in (
            ("proposals.proposals", "propositions reçues", selectors.own_proposals),
            ("proposals.answers", "réponses données", selectors.own_answers),
            ("proposals.reserves", "places en réserve", selectors.own_reserves),
        ):
            hooks.register("privacy.copies", OwnData(key, label, rows), order=40)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="propositions",
                kept=kept_of,
                blockers=rules.blockers_of_erasure,
                gone="Vos réponses et les mots des propositions ; vos places en réserve.",
            ),
            order=30,
        )
