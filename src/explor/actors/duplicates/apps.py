from django.apps import AppConfig


class DuplicatesConfig(AppConfig):
    name = "explor.actors.duplicates"
    label = "duplicates"
    verbose_name = "Doubles"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import pages

        hooks.define(
            "organisations.merged",
            "callable(kept, primary key of the other record, by=): update what refers to it",
        )
        tool = NavItem(label="Doubles", name="duplicates:reseau_duplicates")
        hooks.register("organisations.tools", tool, order=20)
        hooks.register("organisations.each", pages.tools_of, order=20)
