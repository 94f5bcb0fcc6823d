from django.apps import AppConfig

MENU = (
    ("Réseaux", "networks"),
    ("Financeurs", "funders"),
    ("Rôles", "roles"),
    ("Comptes", "accounts"),
    ("Adresses", "bad_addresses"),
    ("Liens personnels", "links"),
    ("État", "health"),
    ("Registre", "register"),
)


class AdministrationConfig(AppConfig):
    name = "explor.site.administration"
    label = "administration"
    verbose_name = "Administration"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import pages
        from .selectors import upkeep

        for order, (label, name) in enumerate(MENU, 10):
            entry = NavItem(label=label, name=f"administration:administration_{name}")
            hooks.register("nav:administration", entry, order=order)
        hooks.register("tasks:administration", pages.tasks)
        hooks.register("health", upkeep.findings)
