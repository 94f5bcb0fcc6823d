from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "explor.journey.committees"
    label = "committees"
    verbose_name = "Comités"

    def ready(self) -> None:
        from explor.ground.roles.registry import RoleType
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, pages, selectors

        committee = RoleType(
            kind="comite",
            label="Comité",
            holders=selectors.committees_of,
            grant=actions.join,
            named=selectors.call_named,
            second_factor=True,
        )
        hooks.register("roles", committee, order=50)
        hooks.register("needs.erasing", actions.erase_comments)
        hooks.register("calls.declining", actions.end_all_invitations)
        hooks.register("calls:regridding", selectors.missing_to_regrid)
        for order, (label, name) in enumerate(
            (
                ("Dossiers", "committees:comite_needs"),
                ("À lire d’un trait", "committees:comite_reading"),
                ("Mes liens", "committees:comite_declare"),
            )
        ):
            hooks.register("nav:comite", NavItem(label=label, name=name), order=10 + order)
        hooks.register("tasks:comite", pages.tasks_of_member)
        hooks.define("panel:committee:reseau", "callable(request, call) -> Panel | None")
        self._register_rights()

    def _register_rights(self) -> None:
        """Register the committee data of a person for the copy and the erasure of their data."""
        from explor.ground.privacy.kinds import Erasure, OwnData
        from explor.ground.ui import hooks

        from .actions.members import erase_seats
        from .pages.own import kept_of
        from .selectors import own

        for key, label, rows in (
            ("committees.seats", "comités", own.own_seats),
            ("committees.recusals", "déports", own.own_recusals),
            ("committees.opinions", "avis", own.own_opinions),
            ("committees.scores", "notes par critère", own.own_scores),
        ):
            hooks.register("privacy.copies", OwnData(key, label, rows), order=60)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="comités",
                kept=kept_of,
                erase=erase_seats,
                gone="Vos places de comité qui n’ont pris part à aucune décision.",
            ),
            order=30,
        )
