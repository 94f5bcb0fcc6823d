from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "explor.public.directory"
    label = "directory"
    verbose_name = "Annuaire"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from .actions.imports import KIND
        from .queries import counted, panels

        slots.fill("imports.kinds", KIND)
        sheets = NavItem(label="Fiches projet", name="directory:reseau_sheets")
        slots.fill("nav:reseau", sheets, order=70)
        slots.fill("todo:association", panels.waiting_for_association, order=70)
        slots.fill("todo:reseau", panels.waiting_for_network, order=70)
        slots.fill("road", panels.steps, order=70)
        slots.fill("figures:sheets", counted.counted)
        slots.fill("needs:sheets", panels.like)
        slots.fill("panel:project:reseau", panels.for_network)
        slots.fill("panel:project:association", panels.for_association)
        slots.fill("panel:mission:reseau", panels.for_mission, order=90)
