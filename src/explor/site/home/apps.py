from django.apps import AppConfig

PUBLIC_MENU = (
    ("directory:sheets", "Projets"),
    ("directory:map", "Carte"),
    ("shortlists:missions", "Missions"),
    ("indicators:figures", "Chiffres"),
    ("open_data:datasets", "Données"),
    ("home:scheme", "Le dispositif"),
)


class HomeConfig(AppConfig):
    name = "explor.site.home"
    label = "home"
    verbose_name = "Accueils"

    def ready(self) -> None:
        from explor.ground.roles.registry import role_types
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        hooks.define("health", "callable() -> findings: what `/sante/pret` remarks")
        for kind in role_types():
            entry = NavItem(label="Accueil", name=f"home:{kind}_home")
            hooks.register(f"nav:{kind}", entry, order=0)
        for name, label in PUBLIC_MENU:
            hooks.register("nav:public", NavItem(label=label, name=name))
