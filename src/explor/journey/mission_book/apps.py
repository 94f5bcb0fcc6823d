from django.apps import AppConfig


class MissionBookConfig(AppConfig):
    name = "explor.journey.mission_book"
    label = "mission_book"
    verbose_name = "Carnets de mission"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Erasure, OwnData, Purge
        from explor.ground.ui import hooks

        from . import actions, pages, selectors

        hooks.register("home:expert", pages.for_home, order=10)
        for role in ("expert", "reseau"):
            hooks.register(f"panel:mission:{role}", pages.for_mission, order=5)
        old = Purge(
            key="mission_book.books",
            term="travel",
            label="carnets de mission",
            due=selectors.old_books,
            erase=actions.erase_book,
        )
        hooks.register("privacy.purges", old, order=41)
        for key, label, rows in (
            ("mission_book.entries", "notes de carnet", selectors.own_entries),
            ("mission_book.devices", "appareils qui gardent un carnet", selectors.own_devices),
        ):
            hooks.register("privacy.copies", OwnData(key, label, rows), order=50)
        erasure = Erasure(
            label="carnets de mission",
            erase=actions.erase_books,
            gone="Les notes de vos carnets, et la liste des appareils qui les gardent.",
        )
        hooks.register("privacy.erasures", erasure, order=30)
