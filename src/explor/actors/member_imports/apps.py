from django.apps import AppConfig


class MemberImportsConfig(AppConfig):
    name = "explor.actors.member_imports"
    label = "member_imports"
    verbose_name = "Imports de membres"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Erasure, OwnData, Purge
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, selectors

        hooks.register("imports.kinds", actions.KIND)
        tool = NavItem(label="Importer un fichier", name="member_imports:reseau_imports")
        hooks.register("organisations.tools", tool, order=10)
        hooks.register("experts.draft", actions.describe_expert)
        for key, term, label, due, erase in (
            (
                *("uninvited", "uninvited", "personnes importées, pas invitées"),
                *(selectors.uninvited, actions.erase_contact),
            ),
            (
                *("unanswered", "unanswered", "personnes importées, sans réponse"),
                *(selectors.unanswered, actions.erase_contact),
            ),
            (
                *("files", "uninvited", "fichiers de membres importés"),
                *(selectors.old_files, actions.erase_file),
            ),
        ):
            purge = Purge(key=f"member_imports.{key}", term=term, label=label, due=due, erase=erase)
            hooks.register("privacy.purges", purge, order=20)
        hooks.register("accounts.readdressed", actions.follow_address)
        copy = OwnData("member_imports.lines", "lignes d’un fichier importé", selectors.own_lines)
        hooks.register("privacy.copies", copy, order=75)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="lignes d’un fichier importé",
                erase=actions.erase_own_lines,
                gone="Ce qu’un fichier importé disait de vous.",
            ),
            order=40,
        )
