from django.apps import AppConfig


class EquityConfig(AppConfig):
    name = "explor.journey.equity"
    label = "equity"
    verbose_name = "Égalité des chances"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import queries

        for hat in ("reseau", "coordination"):
            item = NavItem(label="Égalité des chances", name=f"equity:{hat}_equity")
            slots.fill(f"nav:{hat}", item, order=35)
        slots.fill("home:expert", queries.for_expert, order=70)
        slots.fill("reactions", ("experts.expert.withdraw_consent", "equity.consent_withdrawn"))
