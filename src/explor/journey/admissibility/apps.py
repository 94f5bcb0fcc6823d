from django.apps import AppConfig


class AdmissibilityConfig(AppConfig):
    name = "explor.journey.admissibility"
    label = "admissibility"
    verbose_name = "Recevabilité"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import queries

        board = NavItem(label="Recevabilité", name="admissibility:reseau_board")
        slots.fill("nav:reseau", board, order=22)
        slots.fill("todo:association", queries.waiting_for_association, order=12)
        slots.fill("panel:need:association", queries.for_association, order=5)
        slots.fill("panel:need:reseau", queries.for_network, order=5)
        slots.fill("verbs:need:reseau", queries.instead, order=5)
        slots.fill("panel:call:reseau", queries.for_call, order=10)
