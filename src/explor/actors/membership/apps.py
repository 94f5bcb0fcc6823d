from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "explor.actors.membership"
    label = "membership"
    verbose_name = "Adhésions"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import actions, queries

        tool = NavItem(label="Importer un fichier", name="membership:reseau_files")
        slots.fill("organisations.tools", tool, order=10)
        doubles = NavItem(label="Doubles", name="membership:reseau_doubles")
        slots.fill("organisations.tools", doubles, order=20)
        transfers = NavItem(label="Transferts", name="membership:reseau_transfers")
        slots.fill("organisations.tools", transfers, order=30)
        slots.fill("organisations.each", queries.tools_of)
        slots.fill("organisations.waits", queries.TRANSFERS)
        for hat in ("association", "employeur"):
            slots.fill(f"todo:{hat}", queries.waiting)
        slots.fill("experts.welcome", actions.tell_profile)
