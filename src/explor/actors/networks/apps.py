from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "explor.actors.networks"
    label = "networks"
    verbose_name = "Réseaux"

    def ready(self) -> None:
        from explor.ground.roles.registry import RoleType
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, queries

        network = RoleType(
            kind="reseau",
            label="Réseau",
            holders=queries.networks_of,
            roster=queries.officers_list,
            grant=actions.add_officer,
            withdraw=actions.withdraw_officer,
            named=queries.name_of,
            second_factor=True,
        )
        coordination = RoleType(
            kind="coordination",
            label="Coordination",
            holders=queries.coordination_of,
            roster=queries.coordinators_list,
            grant=actions.add_coordinator,
            withdraw=actions.withdraw_coordinator,
            named=lambda key: "la coordination interrégionale",
            keyed=False,
            second_factor=True,
        )
        hooks.register("home:reseau", queries.stand_in_panel, order=10)
        hooks.register("roles", network, order=10)
        hooks.register("roles", coordination, order=60)
        hooks.register(
            "nav:reseau",
            NavItem(label="Le réseau", name="networks:reseau_network", group="Le réseau"),
            order=90,
        )
