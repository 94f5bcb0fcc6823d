from django.apps import AppConfig


class LendingConfig(AppConfig):
    name = "explor.actors.lending"
    label = "lending"
    verbose_name = "Règles de prêt"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import OwnData
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, pages, selectors

        hooks.define(
            "lending:schemes",
            "callable(employer) -> list[{label, closed}]: the schemes, and why some are closed",
        )
        own = NavItem(label="Vos règles", name="lending:employeur_rules")
        hooks.register("nav:employeur", own, order=70)
        hooks.register("organisations.each", pages.link_for)
        hooks.register("accounts.readdressed", actions.follow_address)
        copy = OwnData("lending.approvers", "accords d’un service", selectors.own_approvals)
        hooks.register("privacy.copies", copy, order=10)
