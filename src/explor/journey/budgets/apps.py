from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "explor.journey.budgets"
    label = "budgets"
    verbose_name = "Budgets"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Purge
        from explor.ground.ui import hooks

        from . import actions, pages, rules, selectors

        hooks.register("panel:mission:reseau", pages.for_mission, order=20)
        hooks.register("panel:mission:association", pages.for_mission, order=20)
        hooks.register("mission:clearing", rules.missing_to_clear)
        for role in ("reseau", "coordination", "financeur"):
            hooks.register(f"home:{role}", pages.consolidated)
        hooks.register("calls.envelope_uses", pages.uses_of_envelope, order=20)
        hooks.register("calls.cutting", pages.blockers_of_cut, order=20)
        hooks.register("home:reseau", pages.envelopes, order=60)
        old = Purge(
            key="budgets.accounts",
            term="accounts",
            label="conventions et budgets de missions",
            due=selectors.with_old_accounts,
            erase=actions.erase_accounts,
        )
        hooks.register("privacy.purges", old, order=45)
