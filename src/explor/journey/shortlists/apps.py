from django.apps import AppConfig


class ShortlistsConfig(AppConfig):
    name = "explor.journey.shortlists"
    label = "shortlists"
    verbose_name = "Recherches d’expertise"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        hooks.define("panel:shortlist:reseau", "callable(request, need) -> Panel | None")
        hooks.define("verbs:candidate", "callable(actor, need, line) -> list[CandidateVerb]")
        searches = NavItem(
            label="Mises en relation", name="shortlists:reseau_searches", group="Départs"
        )
        hooks.register("nav:reseau", searches, order=30)
