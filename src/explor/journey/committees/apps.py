from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "explor.journey.committees"
    label = "committees"
    verbose_name = "Comités"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.hats import HatKind
        from explor.ground.common.parts import NavItem

        from . import actions, pages, selectors

        committee = HatKind(
            kind="comite",
            label="Comité",
            worn_by=selectors.committees_of,
            grant=actions.join,
            named=selectors.call_named,
            second_factor=True,
        )
        slots.fill("hats", committee, order=50)
        for order, (label, name) in enumerate(
            (
                ("Dossiers", "committees:comite_needs"),
                ("À lire d’un trait", "committees:comite_reading"),
                ("Mes liens", "committees:comite_declare"),
            )
        ):
            slots.fill("nav:comite", NavItem(label=label, name=name), order=10 + order)
        slots.fill("todo:comite", pages.tasks_of_member)
        slots.offer("panel:committee:reseau", "callable(request, call) -> Panel | None")
