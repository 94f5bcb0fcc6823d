from django.apps import AppConfig


class LeaveReadingsConfig(AppConfig):
    name = "explor.journey.leave_readings"
    label = "leave_readings"
    verbose_name = "Lectures des cadres de départ"

    def ready(self) -> None:
        from django.core.signals import request_finished, request_started

        from explor.ground.privacy.kinds import Erasure, OwnData
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import engine, pages, selectors
        from .actions.erasing import erase_answers
        from .pages import law

        item = NavItem(label="Cadres de départ", name="leave_readings:coordination_schemes")
        hooks.register("nav:coordination", item, order=40)
        hooks.register("experts.erasing", erase_answers)
        hooks.register("tasks:coordination", pages.schemes_to_check, order=40)
        hooks.register("lending:schemes", pages.schemes_of_employer)
        hooks.register("tasks:coordination", law.tasks_on_law, order=41)
        read = NavItem(
            label="Cadres de départ", name="leave_readings:reseau_schemes", group="Le réseau"
        )
        hooks.register("nav:reseau", read, order=91)
        # Query the changes once per request: see `engine.tables`.
        request_started.connect(engine.begin_request, dispatch_uid="leave_readings.begin")
        request_finished.connect(engine.end_request, dispatch_uid="leave_readings.end")
        for key, label, rows in (
            ("leave_readings.answers", "réponses sur votre emploi", selectors.own_answers),
            ("leave_readings.readings", "lectures des cadres de départ", selectors.own_readings),
        ):
            hooks.register("privacy.copies", OwnData(key, label, rows), order=50)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="réponses sur votre emploi",
                gone="Ce que vous avez dit de votre emploi.",
            ),
            order=30,
        )
