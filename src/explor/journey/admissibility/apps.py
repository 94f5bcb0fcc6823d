from django.apps import AppConfig


class AdmissibilityConfig(AppConfig):
    name = "explor.journey.admissibility"
    label = "admissibility"
    verbose_name = "Recevabilité"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import pages

        board = NavItem(label="Recevabilité", name="admissibility:reseau_board")
        slots.fill("nav:reseau", board, order=22)
        slots.fill("todo:association", pages.waiting_for_association, order=12)
        slots.fill("panel:need:association", pages.for_association, order=5)
        slots.fill("panel:need:reseau", pages.for_network, order=5)
        slots.fill("panel:call:reseau", pages.for_call, order=10)
