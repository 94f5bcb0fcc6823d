from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "explor.journey.archives"
    label = "archives"
    verbose_name = "Archives"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Purge
        from explor.ground.ui import hooks

        from . import actions, pages, selectors

        endorsed = Purge(
            key="archives.endorsed",
            term="accounts",
            label="papiers d’un bordereau visé par les archives",
            due=selectors.endorsed_items,
            erase=actions.erase_item,
            lock=("line__disposal", "mission"),
        )
        # Before « budgets.accounts », which would count them among what awaits a visa.
        hooks.register("privacy.purges", endorsed, order=44)
        hooks.register("budgets.archives", pages.reason_to_keep)
        hooks.register("tasks:reseau", pages.tasks_of, order=90)
        hooks.register("networks.links", pages.links_of)
