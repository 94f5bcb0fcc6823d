from django.apps import AppConfig


class TravelAdviceConfig(AppConfig):
    name = "explor.ground.travel_advice"
    label = "travel_advice"
    verbose_name = "Conseils aux voyageurs"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        item = NavItem(
            label="Conseils aux voyageurs", name="travel_advice:reseau_board", group="Départs"
        )
        hooks.register("nav:reseau", item, order=80)
