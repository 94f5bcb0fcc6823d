from django.apps import AppConfig

EXPERT = (
    *("describe", "add_availability", "remove_availability", "offer", "rest"),
    *("give_consent", "withdraw_consent"),
)
INTRODUCTION = ("introduce", "agree", "decline", "lapse", "recall", "lose", "move", "free")


class RoundsConfig(AppConfig):
    name = "explor.journey.rounds"
    label = "rounds"
    verbose_name = "Plans d’ensemble"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        from . import pages

        plans = NavItem(label="Plans", name="rounds:reseau_rounds")
        slots.fill("nav:reseau", plans, order=31)
        slots.fill("todo:reseau", pages.plans_to_do, order=31)
        slots.fill("home:employeur", pages.employer_panel, order=60)
        for verb in EXPERT:
            slots.fill("reactions", (f"experts.expert.{verb}", "rounds.expert_changed"))
        for verb in INTRODUCTION:
            event = f"proposals.introduction.{verb}"
            slots.fill("reactions", (event, "rounds.introduction_changed"))
        slots.fill("reactions", ("travel_advice.advice.read", "rounds.advice_read"))
        slots.fill("reactions", ("decisions.decision.announce", "rounds.decision_announced"))
