from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "explor.actors.organisations"
    label = "organisations"
    verbose_name = "Organisations"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.hats import HatKind
        from explor.ground.common.parts import NavItem

        from . import actions, queries

        slots.offer(
            "organisations.waits",
            "(callable(actor) -> Exists, callable(actor, organisation) -> Waiting): read with the "
            "organisations to verify, in one query",
        )
        slots.offer("organisations.each", "callable(actor, organisation) -> list[(label, url)]")
        slots.offer("organisations.tools", "NavItem: what else an officer does with the list")
        for kind, label, order in (
            ("association", "Association", 20),
            ("employeur", "Employeur", 40),
        ):
            hat = HatKind(
                kind=kind,
                label=label,
                worn_by=queries.members_as(kind),
                grant=actions.join,
                named=queries.name_of,
            )
            slots.fill("hats", hat, order=order)
            page = NavItem(label="Notre organisation", name=f"organisations:{kind}_profile")
            slots.fill(f"nav:{kind}", page, order=90)
            slots.fill(f"todo:{kind}", queries.waiting_for_member)
        slots.fill(
            "nav:reseau",
            NavItem(label="Organisations", name="organisations:reseau_organisations"),
            order=60,
        )
        slots.fill("todo:reseau", queries.waiting_for_network)
