from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "explor.journey.releases"
    label = "releases"
    verbose_name = "Mises à disposition"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import pages

        own = NavItem(label="Mises à disposition", name="releases:employeur_releases")
        slots.fill("nav:employeur", own, order=35)
        for hat in ("employeur", "expert", "association", "reseau"):
            slots.fill(f"todo:{hat}", pages.waiting_for, order=40)
            slots.fill(f"panel:mission:{hat}", pages.for_mission, order=30)
        slots.fill("road", pages.steps, order=40)
        slots.fill("panel:need:reseau", pages.for_need, order=40)
        slots.fill("reactions", ("proposals.introduction.agree", "releases.open_release"))
        slots.fill("reactions", ("proposals.introduction.lose", "releases.follow_loss"))
        slots.fill("reactions", ("proposals.introduction.free", "releases.follow_loss"))
