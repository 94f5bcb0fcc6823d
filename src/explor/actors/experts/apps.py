from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "explor.actors.experts"
    label = "experts"
    verbose_name = "Experts"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Purge
        from explor.ground.roles.registry import RoleType
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, emails, pages, selectors

        role = RoleType(
            kind="expert",
            label="Expertise",
            holders=selectors.experts_as,
            grant=actions.open_draft,
            named=pages.invited_by,
            keyed=False,
        )
        hooks.register("roles", role, order=30)
        hooks.register(
            "nav:expert", NavItem(label="Mon profil", name="experts:expert_profile"), order=20
        )
        silent = Purge(
            key="experts.profiles",
            term="profile",
            label="profils sans contact",
            due=selectors.silent_profiles,
            erase=actions.end_profile,
            warn=emails.profile_ends,
            lock=("person",),
        )
        hooks.register("privacy.purges", silent, order=10)
        hooks.register("tasks:expert", pages.waiting_for_expert)
        people = NavItem(label="Expertises", name="experts:reseau_experts", group="Personnes")
        hooks.register("nav:reseau", people, order=50)
        colleagues = NavItem(label="Nos collègues", name="experts:employeur_experts")
        hooks.register("nav:employeur", colleagues, order=50)
        self._register_rights()

    def _register_rights(self) -> None:
        """Register the functions that export and erase the personal data of an expert."""
        from explor.ground.privacy.kinds import Erasure, OwnData
        from explor.ground.ui import hooks

        from . import actions, selectors

        for key, label, rows in (
            ("experts.profile", "profil", selectors.own_profile),
            ("experts.languages", "langues", selectors.own_languages),
            ("experts.availabilities", "disponibilités", selectors.own_availabilities),
            ("experts.consents", "consentements", selectors.own_consents),
        ):
            hooks.register("privacy.copies", OwnData(key, label, rows), order=20)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="profil",
                erase=actions.erase_profile,
                gone="Votre métier, votre présentation, vos compétences, vos langues, vos "
                "disponibilités, vos consentements.",
            ),
            order=60,
        )
