from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "explor.oversight.employers"
    label = "employers"
    verbose_name = "Bureau des employeurs"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import pages

        for label, page, order in (
            ("En bref", "brief", 20),
            ("Calendrier", "calendar", 42),
            ("Bilan", "impact", 60),
        ):
            item = NavItem(label=label, name=f"employers:employeur_{page}")
            hooks.register("nav:employeur", item, order=order)
        for role, group in (("association", ""), ("reseau", "Le réseau")):
            item = NavItem(label="Dons des employeurs", name=f"employers:{role}_gifts", group=group)
            hooks.register(f"nav:{role}", item, order=88)
        hooks.register("proposals:links", pages.links_for)
        hooks.register("home:employeur", pages.home_panel, order=10)
