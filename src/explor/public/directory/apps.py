from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "explor.public.directory"
    label = "directory"
    verbose_name = "Annuaire"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Erasure, OwnData, Purge
        from explor.ground.ui import hooks

        from . import pages, selectors
        from .actions.alerts import erase_alert, erase_alerts
        from .selectors import own

        hooks.register("needs:sheets", pages.similar_sheets)
        alerts = Purge(
            key="directory.alerts",
            term="alerts",
            label="recherches suivies, pas confirmées",
            due=selectors.unconfirmed,
            erase=erase_alert,
        )
        hooks.register("privacy.purges", alerts, order=70)
        copy = OwnData("directory.alerts", "recherches suivies", own.own_alerts)
        hooks.register("privacy.copies", copy, order=70)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="recherches suivies",
                erase=erase_alerts,
                gone="Les recherches suivies à votre adresse.",
            ),
            order=30,
        )
