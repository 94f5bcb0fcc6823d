from django.apps import AppConfig

EXPERT_VERBS = (
    *("describe", "add_availability", "remove_availability", "offer", "rest"),
    *("give_consent", "withdraw_consent"),
)
PROPOSAL_VERBS = ("introduce", "agree", "decline", "lapse", "recall", "lose", "move", "free")


class PlanningConfig(AppConfig):
    name = "explor.journey.planning"
    label = "planning"
    verbose_name = "Plans d’ensemble"

    def ready(self) -> None:
        from explor.ground.privacy.kinds import OwnData
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        from . import actions, pages, selectors

        plans = NavItem(label="Plans", name="planning:reseau_plans", group="Départs")
        hooks.register("nav:reseau", plans, order=31)
        hooks.register("tasks:reseau", pages.plans_to_do, order=31)
        hooks.register("home:employeur", pages.employer_panel, order=60)
        hooks.register("experts.erasing", actions.erase_choices)
        for verb in EXPERT_VERBS:
            hooks.register("reactions", (f"experts.expert.{verb}", "planning.expert_changed"))
        for verb in PROPOSAL_VERBS:
            event = f"proposals.proposal.{verb}"
            hooks.register("reactions", (event, "planning.proposal_changed"))
        hooks.register("reactions", ("travel_advice.advice.read", "planning.advice_read"))
        hooks.register("reactions", ("decisions.decision.announce", "planning.decision_announced"))
        copy = OwnData("planning.choices", "choix d’un réseau à votre sujet", selectors.own_choices)
        hooks.register("privacy.copies", copy, order=40)
