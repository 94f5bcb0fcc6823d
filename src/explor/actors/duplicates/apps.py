from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    name = "explor.actors.duplicates"
    label = "duplicates"
    verbose_name = "Doubles"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import pages

        tool = NavItem(label="Doubles", name="duplicates:reseau_duplicates")
        slots.fill("organisations.tools", tool, order=20)
        slots.fill("organisations.each", pages.tools_of, order=20)
