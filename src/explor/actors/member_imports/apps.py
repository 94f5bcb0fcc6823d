from django.apps import AppConfig


class MemberImportsConfig(AppConfig):
    name = "explor.actors.member_imports"
    label = "member_imports"
    verbose_name = "Imports de membres"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import actions

        slots.fill("imports.kinds", actions.KIND)
        tool = NavItem(label="Importer un fichier", name="member_imports:reseau_imports")
        slots.fill("organisations.tools", tool, order=10)
        slots.fill("experts.welcome", actions.describe_expert)
