from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "explor.actors.experts"
    label = "experts"
    verbose_name = "Experts"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.hats import HatKind
        from explor.ground.common.parts import NavItem

        from . import actions, queries

        hat = HatKind(
            kind="expert",
            label="Expertise",
            worn_by=queries.experts_as,
            grant=actions.welcome,
            named=queries.invited_by,
            keyed=False,
        )
        slots.fill("hats", hat, order=30)
        slots.fill(
            "nav:expert", NavItem(label="Mon profil", name="experts:expert_profile"), order=20
        )
        slots.fill("todo:expert", queries.waiting_for_expert)
        people = NavItem(label="Expertises", name="experts:reseau_experts")
        slots.fill("nav:reseau", people, order=50)
        colleagues = NavItem(label="Nos collègues", name="experts:employeur_experts")
        slots.fill("nav:employeur", colleagues, order=50)
