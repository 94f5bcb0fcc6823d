from django.apps import AppConfig


class MemberImportsConfig(AppConfig):
    name = "explor.actors.member_imports"
    label = "member_imports"
    verbose_name = "Imports de membres"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Erasure, OwnData
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, selectors

        hooks.register("imports.kinds", actions.KIND)
        tool = NavItem(label="Importer un fichier", name="member_imports:reseau_imports")
        hooks.register("organisations.tools", tool, order=10)
        hooks.register("experts.draft", actions.describe_expert)
        for key, label, rows in (
            ("member_imports.lines", "lignes d’un fichier importé", selectors.own_lines),
        ):
            hooks.register("privacy.copies", OwnData(key, label, rows), order=75)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="lignes d’un fichier importé",
                erase=actions.erase_own_lines,
                gone="Ce qu’un fichier importé disait de vous.",
            ),
            order=40,
        )
