from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "explor.ground.journal"
    label = "journal"
    verbose_name = "Journal"

    def ready(self) -> None:
        from explor.ground.common import slots

        from .pages import panel

        slots.fill("home:administration", panel, order=30)
