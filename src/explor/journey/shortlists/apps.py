from django.apps import AppConfig


class ShortlistsConfig(AppConfig):
    name = "explor.journey.shortlists"
    label = "shortlists"
    verbose_name = "Recherches d’expertise"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        slots.offer("panel:shortlist:reseau", "callable(request, need) -> Panel | None")
        slots.offer("verbs:candidate", "callable(actor, need, line) -> list[CandidateVerb]")
        searches = NavItem(label="Mises en relation", name="shortlists:reseau_searches")
        slots.fill("nav:reseau", searches, order=30)
