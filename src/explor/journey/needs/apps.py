from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "explor.journey.needs"
    label = "needs"
    verbose_name = "Besoins"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import queries
        from .queries import similar  # noqa: F401 (offers its slots)

        own = NavItem(label="Besoins", name="needs:association_needs")
        slots.fill("nav:association", own, order=25)
        board = NavItem(label="Besoins", name="needs:reseau_needs")
        slots.fill("nav:reseau", board, order=20)
        slots.fill("todo:association", queries.waiting_for_association, order=10)
        slots.fill("todo:reseau", queries.waiting_for_network, order=10)
        slots.fill("home:association", queries.open_calls, order=10)
        slots.fill("road", queries.steps, order=10)
        slots.fill("panel:project:association", queries.for_project, order=10)
