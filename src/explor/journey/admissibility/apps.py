from django.apps import AppConfig


class AdmissibilityConfig(AppConfig):
    name = "explor.journey.admissibility"
    label = "admissibility"
    verbose_name = "Recevabilité"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import OwnData
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import pages, selectors
        from .actions.erasing import erase_review
        from .actions.reminders import terms_changed

        board = NavItem(label="Recevabilité", name="admissibility:reseau_board", group="Besoins")
        hooks.register("nav:reseau", board, order=22)
        hooks.register("calls.terms_changed", terms_changed)
        hooks.register("needs.erasing", erase_review)
        hooks.register("tasks:association", pages.tasks_of_association, order=12)
        hooks.register("panel:need:association", pages.for_association, order=5)
        hooks.register("panel:need:reseau", pages.for_network, order=5)
        hooks.register("panel:call:reseau", pages.for_call, order=10)
        copy = OwnData("admissibility.notes", "notes internes écrites", selectors.own_notes)
        hooks.register("privacy.copies", copy, order=60)
