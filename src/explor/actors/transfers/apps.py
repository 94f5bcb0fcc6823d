from django.apps import AppConfig


class TransfersConfig(AppConfig):
    name = "explor.actors.transfers"
    label = "transfers"
    verbose_name = "Transferts"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import pages, selectors

        tool = NavItem(label="Transferts", name="transfers:reseau_transfers")
        hooks.register("organisations.tools", tool, order=30)
        hooks.register("organisations.each", pages.tools_of, order=10)
        hooks.register("organisations.waits", (selectors.awaits_network, pages.network_task))
        for role in ("association", "employeur"):
            hooks.register(f"tasks:{role}", pages.tasks_of)
