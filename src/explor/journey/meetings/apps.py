from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "explor.journey.meetings"
    label = "meetings"
    verbose_name = "Séances"

    def ready(self) -> None:
        from explor.ground.ui import hooks

        from . import pages, selectors

        hooks.register("committees:attended", selectors.attended)
        hooks.register("committees:voting", selectors.is_voting)
        hooks.register("committees:links:member", pages.links_of_member)
        hooks.register("panel:committee:reseau", pages.for_committee)
        hooks.register("tasks:comite", pages.tasks_of_member)
        hooks.register("privacy.kept", selectors.signed_minutes)
