from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "explor.actors.networks"
    label = "networks"
    verbose_name = "Réseaux"

    def ready(self) -> None:
        from explor.ground.roles.registry import RoleType
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, pages, selectors

        network = RoleType(
            kind="reseau",
            label="Réseau",
            holders=selectors.networks_of,
            roster=selectors.officers_list,
            grant=actions.add_officer,
            withdraw=actions.withdraw_officer,
            named=selectors.name_of,
            second_factor=True,
        )
        coordination = RoleType(
            kind="coordination",
            label="Coordination",
            holders=selectors.coordination_of,
            roster=selectors.coordinators_list,
            grant=actions.add_coordinator,
            withdraw=actions.withdraw_coordinator,
            named=lambda key: "la coordination interrégionale",
            keyed=False,
            second_factor=True,
        )
        hooks.register("files.guardians", selectors.addresses_by_key)
        hooks.register("password words", selectors.words_of_names)
        hooks.register("home:reseau", pages.replacement_panel, order=10)
        hooks.register("roles", network, order=10)
        hooks.register("roles", coordination, order=60)
        hooks.register(
            "nav:reseau",
            NavItem(label="Le réseau", name="networks:reseau_network", group="Le réseau"),
            order=90,
        )
        self._register_rights()

    def _register_rights(self) -> None:
        """Register the functions that export and erase the personal data of an officer."""
        from explor.ground.privacy.kinds import Erasure, OwnData
        from explor.ground.ui import hooks

        from . import actions, selectors

        copy = OwnData("networks.roles", "rôles dans les réseaux", selectors.own_roles)
        hooks.register("privacy.copies", copy, order=10)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="rôles dans les réseaux",
                erase=actions.erase_roles,
                blockers=actions.blockers_of_erasure,
                gone="Vos rôles dans les réseaux et la coordination.",
            ),
            order=70,
        )
