from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "explor.journey.releases"
    label = "releases"
    verbose_name = "Accords de l’employeur"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, pages, rules
        from .pages.trail import stage_of

        own = NavItem(label="Accords", name="releases:employeur_releases")
        hooks.register("nav:employeur", own, order=35)
        texts = NavItem(label="Papiers", name="releases:reseau_network_papers", group="Le réseau")
        hooks.register("nav:reseau", texts, order=92)
        for role in ("employeur", "expert", "association", "reseau"):
            hooks.register(f"tasks:{role}", pages.waiting_for, order=40)
            hooks.register(f"panel:mission:{role}", pages.for_mission, order=30)
        hooks.register("accounts.proofs", "releases.agreement")
        hooks.register("progress", pages.steps, order=40)
        hooks.register("panel:need:reseau", pages.for_need, order=40)
        hooks.register("proposals:trail", stage_of, order=10)
        hooks.register("proposals:taking_back", rules.missing_to_take_back)
        hooks.register("reactions", ("proposals.proposal.agree", "releases.open_release"))
        hooks.register("reactions", ("proposals.proposal.take_back", "releases.follow_loss"))
        hooks.register("reactions", ("releases.release.amend", "releases.draw_amendment"))
        hooks.register("reactions", ("releases.release.conclude", "releases.draw_signed_copy"))
        hooks.register("organisations.merged", actions.follow_merge)
        hooks.register("organisations.removed", actions.follow_removal)
        hooks.register("accounts.readdressed", actions.follow_address)
        hooks.register("reactions", ("proposals.proposal.lose", "releases.follow_loss"))
        hooks.register("reactions", ("proposals.proposal.free", "releases.follow_loss"))
        self._register_rights()

    def _register_rights(self) -> None:
        """Register a person's releases for the copy and the erasure of their data."""
        from explor.ground.privacy.kinds import Erasure, OwnData
        from explor.ground.ui import hooks

        from . import selectors
        from .pages.own import blockers_of_erasure, kept_of

        for key, label, rows in (
            ("releases.releases", "accords de l’employeur", selectors.own_releases),
            ("releases.places", "places de signataire", selectors.own_signatories),
            ("releases.services", "accords d’un service notés", selectors.own_service_approvals),
        ):
            hooks.register("privacy.copies", OwnData(key, label, rows), order=50)
        signed = OwnData(
            "releases.signatures",
            "signatures",
            selectors.own_signatures,
            selectors.own_agreements,
        )
        hooks.register("privacy.copies", signed, order=50)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="conventions",
                kept=kept_of,
                blockers=blockers_of_erasure,
            ),
            order=30,
        )
        for kept in (
            selectors.kept_signatures,
            selectors.kept_agreements,
            selectors.kept_signatories,
        ):
            hooks.register("privacy.kept", kept)
