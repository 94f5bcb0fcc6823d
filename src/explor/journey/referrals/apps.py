from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "explor.journey.referrals"
    label = "referrals"
    verbose_name = "Ouvertures à un autre réseau"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import OwnData
        from explor.ground.ui import hooks

        from . import actions, pages, selectors

        hooks.register("experts.erasing", actions.erase_referrals)
        hooks.register("tasks:expert", pages.waiting_for_expert, order=32)
        hooks.register("tasks:reseau", pages.waiting_for_network, order=33)
        hooks.register("home:reseau", pages.for_home, order=70)
        copy = OwnData(
            "referrals.referrals", "ouvertures à d’autres réseaux", selectors.own_referrals
        )
        hooks.register("privacy.copies", copy, order=40)
