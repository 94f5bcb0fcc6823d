from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "explor.actors.transfers"
    label = "transfers"
    verbose_name = "Transferts"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import pages, selectors

        tool = NavItem(label="Transferts", name="transfers:reseau_transfers")
        slots.fill("organisations.tools", tool, order=30)
        slots.fill("organisations.each", pages.tools_of, order=10)
        slots.fill("organisations.waits", (selectors.awaits_network, pages.network_task))
        for role in ("association", "employeur"):
            slots.fill(f"todo:{role}", pages.tasks_of)
