from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "explor.public.directory"
    label = "directory"
    verbose_name = "Annuaire"

    def ready(self) -> None:
        from explor.ground.ui import hooks

        from . import pages

        hooks.register("needs:sheets", pages.similar_sheets)
