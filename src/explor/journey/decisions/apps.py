from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "explor.journey.decisions"
    label = "decisions"
    verbose_name = "Décisions"

    def ready(self) -> None:
        from explor.ground.common import slots

        from . import actions, pages, selectors

        slots.fill("committees:needs", selectors.needs_before_committee)
        slots.fill("committees:lock", actions.lock_needs)
        slots.fill("committees:links:chair", pages.ranking_links_of_chair, order=10)
        slots.fill("committees:links:network", pages.ranking_links_of_network)
        slots.fill("meetings:needs", pages.for_meeting)
        slots.fill("meetings:minutes", pages.minutes_of)
        slots.fill("meetings:unannounced", selectors.has_unannounced)
        slots.fill("todo:reseau", pages.tasks_of_network, order=20)
        slots.fill("road", pages.steps, order=20)
        slots.fill("panel:call:reseau", pages.for_call)
        slots.fill("panel:need:reseau", pages.for_need, order=20)
        slots.fill("panel:need:association", pages.for_need, order=20)
        slots.fill("needs:announced", selectors.announced_needs)
        slots.fill("reactions", ("needs.need.accept", "decisions.open_decision"))
