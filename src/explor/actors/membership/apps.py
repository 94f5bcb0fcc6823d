from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "explor.actors.membership"
    label = "membership"
    verbose_name = "Adhésions"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import actions

        tool = NavItem(label="Importer un fichier", name="membership:reseau_files")
        slots.fill("organisations.tools", tool, order=10)
        slots.fill("experts.welcome", actions.tell_profile)
