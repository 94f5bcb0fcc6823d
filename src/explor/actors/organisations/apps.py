from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "explor.actors.organisations"
    label = "organisations"
    verbose_name = "Organisations"

    def ready(self) -> None:
        from explor.ground.roles.registry import RoleType
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, pages, selectors

        hooks.define(
            "organisations.waits",
            "(callable(actor) -> Exists, callable(actor, organisation) -> Task): read with the "
            "organisations to verify, in one query",
        )
        hooks.define("organisations.each", "callable(actor, organisation) -> list[(label, url)]")
        hooks.define("organisations.renamed", "callable(partner, by=): a partner has a new name")
        hooks.define("organisations.removed", "callable(member, by=): end what a member held")
        hooks.define("organisations.tools", "NavItem: a page linked from the list of an officer")
        for kind, label, order in (
            ("association", "Association", 20),
            ("employeur", "Employeur", 40),
        ):
            role = RoleType(
                kind=kind,
                label=label,
                holders=selectors.members_as(kind),
                grant=actions.add_member,
                named=selectors.name_of,
            )
            hooks.register("roles", role, order=order)
            page = NavItem(label="Notre organisation", name=f"organisations:{kind}_profile")
            hooks.register(f"nav:{kind}", page, order=90)
            hooks.register(f"tasks:{kind}", pages.tasks_of_member)
        hooks.register(
            "nav:reseau",
            NavItem(
                label="Organisations", name="organisations:reseau_organisations", group="Personnes"
            ),
            order=60,
        )
        hooks.register("tasks:reseau", pages.tasks_of_network)
        self._register_rights()

    def _register_rights(self) -> None:
        """Register the functions that export and erase the personal data of a member."""
        from explor.ground.privacy.kinds import Erasure, OwnData
        from explor.ground.ui import hooks

        from . import actions, selectors

        copy = OwnData("organisations.members", "organisations", selectors.own_memberships)
        hooks.register("privacy.copies", copy, order=10)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="organisations",
                erase=actions.erase_memberships,
                gone="Votre place parmi les membres de vos organisations.",
            ),
            order=70,
        )
        hooks.register("privacy.ties", selectors.organisations_of)
