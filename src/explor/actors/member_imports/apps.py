from django.apps import AppConfig


class MemberImportsConfig(AppConfig):
    name = "explor.actors.member_imports"
    label = "member_imports"
    verbose_name = "Imports de membres"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions

        hooks.register("imports.kinds", actions.KIND)
        tool = NavItem(label="Importer un fichier", name="member_imports:reseau_imports")
        hooks.register("organisations.tools", tool, order=10)
        hooks.register("experts.draft", actions.describe_expert)
