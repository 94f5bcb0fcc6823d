from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "explor.actors.experts"
    label = "experts"
    verbose_name = "Experts"

    def ready(self) -> None:
        from explor.ground.roles.registry import RoleType
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, queries

        role = RoleType(
            kind="expert",
            label="Expertise",
            holders=queries.experts_as,
            grant=actions.open_draft,
            named=queries.invited_by,
            keyed=False,
        )
        hooks.register("roles", role, order=30)
        hooks.register(
            "nav:expert", NavItem(label="Mon profil", name="experts:expert_profile"), order=20
        )
        hooks.register("tasks:expert", queries.waiting_for_expert)
        people = NavItem(label="Expertises", name="experts:reseau_experts", group="Personnes")
        hooks.register("nav:reseau", people, order=50)
        colleagues = NavItem(label="Nos collègues", name="experts:employeur_experts")
        hooks.register("nav:employeur", colleagues, order=50)
