from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "explor.journey.needs"
    label = "needs"
    verbose_name = "Besoins"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from .pages import (
            home,
            similar,  # noqa: F401 (defines its hooks)
        )

        own = NavItem(label="Besoins", name="needs:association_needs")
        hooks.register("nav:association", own, order=25)
        board = NavItem(label="Besoins", name="needs:reseau_needs", group="Besoins")
        hooks.register("nav:reseau", board, order=20)
        hooks.register("tasks:association", home.tasks_of_association, order=10)
        hooks.register("tasks:reseau", home.tasks_of_network, order=10)
        hooks.register("home:association", home.open_calls, order=10)
        hooks.register("progress", home.steps, order=10)
        hooks.register("panel:project:association", home.panel_of_project, order=10)
