from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "explor.ground.messaging"
    label = "messaging"
    verbose_name = "Messagerie"

    def ready(self) -> None:
        from explor.ground.common import slots

        from .queries import panel

        slots.fill("home:administration", panel, order=20)
