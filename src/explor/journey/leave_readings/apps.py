from django.apps import AppConfig


class LeaveReadingsConfig(AppConfig):
    name = "explor.journey.leave_readings"
    label = "leave_readings"
    verbose_name = "Lectures des cadres de départ"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import pages

        item = NavItem(label="Cadres de départ", name="leave_readings:coordination_schemes")
        hooks.register("nav:coordination", item, order=40)
        hooks.register("tasks:coordination", pages.schemes_to_check, order=40)
        hooks.register("lending:schemes", pages.schemes_of_employer)
