from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "explor.journey.referrals"
    label = "referrals"
    verbose_name = "Ouvertures à un autre réseau"

    def ready(self) -> None:
        from explor.ground.common import slots

        from . import queries

        slots.fill("todo:expert", queries.waiting_for_expert, order=32)
        slots.fill("todo:reseau", queries.waiting_for_network, order=33)
        slots.fill("home:reseau", queries.for_home, order=70)
