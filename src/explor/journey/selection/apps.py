from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "explor.journey.selection"
    label = "selection"
    verbose_name = "Sélection"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.hats import HatKind
        from explor.ground.common.parts import NavItem

        from . import actions, queries

        committee = HatKind(
            kind="comite",
            label="Comité",
            worn_by=queries.committees_of,
            grant=actions.sit,
            named=queries.call_named,
            second_factor=True,
        )
        slots.fill("hats", committee, order=50)
        for order, (label, name) in enumerate(
            (
                ("Dossiers", "selection:comite_needs"),
                ("À lire d’un trait", "selection:comite_reading"),
                ("Mes liens", "selection:comite_declare"),
            )
        ):
            slots.fill("nav:comite", NavItem(label=label, name=name), order=10 + order)
        slots.fill("todo:comite", queries.waiting_for_member)
        slots.fill("todo:reseau", queries.waiting_for_network, order=20)
        slots.fill("road", queries.steps, order=20)
        slots.fill("panel:call:reseau", queries.for_call)
        slots.fill("panel:need:reseau", queries.for_need, order=20)
        slots.fill("panel:need:association", queries.for_need, order=20)
        slots.fill("needs:announced", queries.announced)
        slots.fill("reactions", ("needs.need.accept", "selection.open_decision"))
