from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "explor.journey.meetings"
    label = "meetings"
    verbose_name = "Séances"

    def ready(self) -> None:
        from explor.ground.common import slots

        from . import pages, selectors

        slots.fill("committees:attended", selectors.attended)
        slots.fill("committees:links:chair", pages.chair_links)
        slots.fill("committees:links:papers", pages.minutes_links)
        slots.fill("panel:committee:reseau", pages.for_committee)
        slots.fill("todo:comite", pages.tasks_of_member)
