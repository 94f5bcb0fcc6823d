from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "explor.site.portal"
    label = "portal"
    verbose_name = "Accueils"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import HATS, NavItem

        for hat in HATS:
            if hat != "partenaire":
                home = NavItem(label="Accueil", name=f"portal:{hat}_home")
                slots.fill(f"nav:{hat}", home, order=0)
