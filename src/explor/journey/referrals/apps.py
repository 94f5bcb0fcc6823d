from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "explor.journey.referrals"
    label = "referrals"
    verbose_name = "Ouvertures à un autre réseau"

    def ready(self) -> None:
        from explor.ground.common import slots

        from . import pages

        slots.fill("todo:expert", pages.waiting_for_expert, order=32)
        slots.fill("todo:reseau", pages.waiting_for_network, order=33)
        slots.fill("home:reseau", pages.for_home, order=70)
