from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "explor.journey.proposals"
    label = "proposals"
    verbose_name = "Mises en relation"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import pages, selectors

        slots.fill("shortlists:proposals", selectors.READS)
        slots.fill("verbs:candidate", pages.candidate_verbs)
        slots.fill("panel:shortlist:reseau", pages.seats_panel, order=10)
        slots.fill("panel:shortlist:reseau", pages.reserve_panel, order=20)
        slots.fill("todo:reseau", pages.searches_to_do, order=30)
        slots.fill("todo:reseau", pages.reserves_ending, order=31)
        for hat in ("expert", "association", "employeur"):
            item = NavItem(label="Propositions", name=f"proposals:{hat}_introductions")
            slots.fill(f"nav:{hat}", item, order=30)
            slots.fill(f"todo:{hat}", pages.answers_to_give, order=30)
        slots.fill("road", pages.steps, order=30)
        slots.fill("panel:need:reseau", pages.network_panel, order=30)
        slots.fill("panel:need:association", pages.association_panel, order=30)
