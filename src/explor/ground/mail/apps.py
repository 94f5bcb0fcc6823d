from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "explor.ground.mail"
    label = "mail"
    verbose_name = "Messagerie"

    def ready(self) -> None:
        from explor.ground.ui import hooks

        from .pages import panel

        hooks.register("home:administration", panel, order=20)
