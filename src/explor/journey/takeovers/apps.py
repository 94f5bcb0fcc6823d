from django.apps import AppConfig


class TakeoversConfig(AppConfig):
    name = "explor.journey.takeovers"
    label = "takeovers"
    verbose_name = "Reprises de l’existant"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, pages

        hooks.register("imports.kinds", actions.KIND)
        tool = NavItem(label="Reprendre l’existant", name="takeovers:reseau_imports")
        hooks.register("missions.tools", tool)
        hooks.register("panel:mission:reseau", pages.for_mission, order=5)
        self._register_rights()

    def _register_rights(self) -> None:
        """Register what is held of a person: its end, their copy and their erasure."""
        from explor.ground.privacy.kinds import Erasure, OwnData, Purge
        from explor.ground.ui import hooks

        from . import actions, selectors

        for key, label, due, erase in (
            ("lines", "lignes reprises de l’existant", selectors.old_lines, actions.erase_line),
            ("files", "fichiers repris de l’existant", selectors.old_files, actions.erase_file),
        ):
            purge = Purge(key=f"takeovers.{key}", term="imports", label=label, due=due, erase=erase)
            hooks.register("privacy.purges", purge, order=21)
        hooks.register("accounts.readdressed", actions.follow_address)
        copy = OwnData("takeovers.lines", "lignes reprises de l’existant", selectors.own_lines)
        hooks.register("privacy.copies", copy, order=76)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="lignes reprises de l’existant",
                erase=actions.erase_own_lines,
                gone="Ce qu’un fichier repris par un réseau disait de vous.",
            ),
            order=41,
        )
