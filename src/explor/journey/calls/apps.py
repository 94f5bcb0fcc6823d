from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "explor.journey.calls"
    label = "calls"
    verbose_name = "Appels"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Erasure, OwnData
        from explor.ground.roles.registry import RoleType
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, selectors

        hooks.define("panel:call:reseau", "callable(request, call) -> Panel | None")
        hooks.define("calls:conditions", "callable(call) -> list[str]: who may file, in sentences")
        hooks.define("calls.envelope_uses", "callable(envelope) -> list[str]: what it is used for")
        funder = RoleType(
            kind="financeur",
            label="Financeur",
            holders=selectors.funders_of,
            roster=selectors.funder_members_list,
            grant=actions.join_funder,
            withdraw=actions.leave_funder,
            named=selectors.funder_named,
        )
        hooks.register("roles", funder, order=70)
        hooks.register(
            "nav:reseau",
            NavItem(label="Appels", name="calls:reseau_calls", group="Besoins"),
            order=15,
        )
        copy = OwnData("calls.funders", "rôles chez les financeurs", selectors.own_funders)
        hooks.register("privacy.copies", copy, order=10)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="rôles chez les financeurs",
                erase=actions.erase_readers,
                gone="Vos rôles chez les financeurs.",
            ),
            order=70,
        )
