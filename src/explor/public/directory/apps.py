from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "explor.public.directory"
    label = "directory"
    verbose_name = "Annuaire"

    def ready(self) -> None:
        from explor.ground.common import slots

        from . import pages

        slots.fill("needs:sheets", pages.similar_sheets)
