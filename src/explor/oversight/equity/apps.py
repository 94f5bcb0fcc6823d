from django.apps import AppConfig


class EquityConfig(AppConfig):
    name = "explor.oversight.equity"
    label = "equity"
    verbose_name = "Égalité des chances"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import Erasure, OwnData, Purge
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, pages, selectors
        from .selectors import own

        for role, group, order in (("reseau", "Le réseau", 85), ("coordination", "", 35)):
            item = NavItem(label="Égalité des chances", name=f"equity:{role}_equity", group=group)
            hooks.register(f"nav:{role}", item, order=order)
        hooks.register("home:expert", pages.for_expert, order=70)
        hooks.register("reactions", ("experts.expert.withdraw_consent", "equity.consent_withdrawn"))
        answers = Purge(
            key="equity.answers",
            term="equity",
            label="réponses facultatives",
            due=selectors.old_answers,
        )
        hooks.register("experts.erasing", actions.erase_answers)
        hooks.register("privacy.purges", answers, order=60)
        copy = OwnData("equity.answers", "réponses facultatives", own.own_answers)
        hooks.register("privacy.copies", copy, order=50)
        hooks.register(
            "privacy.erasures",
            Erasure(
                label="réponses facultatives",
                gone="Votre réponse sur le genre et l’âge.",
            ),
            order=30,
        )
