from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "explor.journey.calls"
    label = "calls"
    verbose_name = "Appels"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.hats import HatKind
        from explor.ground.common.parts import NavItem

        from . import actions, selectors

        slots.offer("panel:call:reseau", "callable(request, call) -> Panel | None")
        slots.offer("calls:conditions", "callable(call) -> list[str]: who may file, in sentences")
        funder = HatKind(
            kind="financeur",
            label="Financeur",
            worn_by=selectors.funders_of,
            grant=actions.join_funder,
            named=selectors.funder_named,
        )
        slots.fill("hats", funder, order=70)
        slots.fill("nav:reseau", NavItem(label="Appels", name="calls:reseau_calls"), order=15)
