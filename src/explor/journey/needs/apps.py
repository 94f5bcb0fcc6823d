from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "explor.journey.needs"
    label = "needs"
    verbose_name = "Besoins"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from .pages import (
            home,
            similar,  # noqa: F401 (offers its slots)
        )

        own = NavItem(label="Besoins", name="needs:association_needs")
        slots.fill("nav:association", own, order=25)
        board = NavItem(label="Besoins", name="needs:reseau_needs")
        slots.fill("nav:reseau", board, order=20)
        slots.fill("todo:association", home.waiting_for_association, order=10)
        slots.fill("todo:reseau", home.waiting_for_network, order=10)
        slots.fill("home:association", home.open_calls, order=10)
        slots.fill("road", home.steps, order=10)
        slots.fill("panel:project:association", home.panel_of_project, order=10)
