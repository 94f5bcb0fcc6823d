from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "explor.journey.introductions"
    label = "introductions"
    verbose_name = "Mises en relation"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import queries

        searches = NavItem(label="Mises en relation", name="introductions:reseau_searches")
        slots.fill("nav:reseau", searches, order=30)
        slots.fill("todo:reseau", queries.waiting_for_network, order=30)
        slots.fill("todo:reseau", queries.reserves_ending, order=31)
        for hat in ("expert", "association", "employeur"):
            item = NavItem(label="Propositions", name=f"introductions:{hat}_introductions")
            slots.fill(f"nav:{hat}", item, order=30)
            slots.fill(f"todo:{hat}", queries.waiting_for_party, order=30)
        slots.fill("road", queries.steps, order=30)
        slots.fill("panel:need:reseau", queries.for_network, order=30)
        slots.fill("panel:need:association", queries.for_association, order=30)
