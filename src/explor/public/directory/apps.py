from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "explor.public.directory"
    label = "directory"
    verbose_name = "Annuaire"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Purge
        from explor.ground.ui import hooks

        from . import pages, selectors

        hooks.register("needs:sheets", pages.similar_sheets)
        alerts = Purge(
            key="directory.alerts",
            term="alerts",
            label="recherches suivies, pas confirmées",
            due=selectors.unconfirmed,
        )
        hooks.register("privacy.purges", alerts, order=70)
