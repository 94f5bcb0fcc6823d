from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "explor.actors.networks"
    label = "networks"
    verbose_name = "Réseaux"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.hats import HatKind
        from explor.ground.common.parts import NavItem

        from . import actions, queries

        network = HatKind(
            kind="reseau",
            label="Réseau",
            worn_by=queries.networks_of,
            grant=actions.engage,
            named=queries.name_of,
            second_factor=True,
        )
        coordination = HatKind(
            kind="coordination",
            label="Coordination",
            worn_by=queries.coordination_of,
            grant=actions.coordinate,
            named=lambda key: "la coordination interrégionale",
            keyed=False,
            second_factor=True,
        )
        slots.fill("home:reseau", queries.stand_in_panel, order=10)
        slots.fill("hats", network, order=10)
        slots.fill("hats", coordination, order=60)
        slots.fill(
            "nav:reseau", NavItem(label="Le réseau", name="networks:reseau_network"), order=90
        )
