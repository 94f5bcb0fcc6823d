from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "explor.ground.rights"
    label = "rights"
    verbose_name = "Droits des personnes"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import OwnData
        from explor.ground.ui import hooks

        from .selectors import ground

        for order, (key, label, rows) in enumerate(
            (
                ("account", "compte", ground.account),
                ("addresses", "adresses électroniques", ground.addresses),
                ("factors", "double authentification", ground.factors),
                ("sessions", "connexions, lectures et actes refusés", ground.sessions),
                ("roles", "casquettes", ground.roles),
                ("invitations", "invitations reçues", ground.invitations),
                ("links", "liens personnels", ground.links),
            )
        ):
            hooks.register("privacy.copies", OwnData(key, label, rows), order=order)
        for key, label, rows in (
            ("messages", "courriels reçus", ground.messages),
            ("advice", "relevés de conseils aux voyageurs", ground.advice),
            ("journal", "actes au journal", ground.journal),
        ):
            hooks.register("privacy.copies", OwnData(key, label, rows), order=90)
        files = OwnData("documents", "fichiers déposés", ground.documents, ground.uploaded)
        hooks.register("privacy.copies", files, order=80)
        self._register_ends()

    def _register_ends(self) -> None:
        """Register the exports, erasures and purges of the data about accounts and copies."""
        from explor.ground.privacy.kinds import Erasure, Purge
        from explor.ground.ui import hooks

        from . import actions, pages
        from .selectors import ground

        hooks.register(
            "privacy.erasures",
            Erasure(
                label="compte",
                kept=pages.kept_of_journal,
                erase=actions.erase_own_account,
                blockers=actions.blockers_of_account,
                gone="Votre nom, vos adresses, votre téléphone, vos connexions, votre double "
                "authentification, vos liens personnels et les courriels reçus.",
            ),
            order=100,
        )
        hooks.register("privacy.kept", ground.sealed)
        digests = Purge(
            key="rights.addresses",
            term="digest",
            label="empreintes d’adresses de personnes effacées",
            due=ground.old_marks,
            erase=actions.forget_addresses,
        )
        hooks.register("privacy.purges", digests, order=80)
        old = Purge(
            key="rights.copies",
            term="copies",
            label="copies de données",
            due=ground.old_copies,
            erase=actions.erase_copy,
        )
        hooks.register("privacy.purges", old, order=80)
        ended = Purge(
            key="rights.requests",
            term="copies",
            label="suivi des effacements",
            due=ground.ended_requests,
            erase=actions.forget_request,
        )
        hooks.register("privacy.purges", ended, order=80)
