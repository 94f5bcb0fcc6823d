from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "explor.journey.sheets"
    label = "sheets"
    verbose_name = "Fiches projet"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import pages, selectors
        from .actions.imports import KIND

        slots.fill("imports.kinds", KIND)
        nav = NavItem(label="Fiches projet", name="sheets:reseau_sheets")
        slots.fill("nav:reseau", nav, order=70)
        slots.fill("todo:association", pages.tasks_of_association, order=70)
        slots.fill("todo:reseau", pages.tasks_of_network, order=70)
        slots.fill("road", pages.progress_steps, order=70)
        slots.fill("figures:sheets", selectors.counted)
        slots.fill("panel:project:reseau", pages.panel_for_network)
        slots.fill("panel:project:association", pages.panel_for_association)
        slots.fill("panel:mission:reseau", pages.panel_for_mission, order=90)
