from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "explor.ground.audit"
    label = "audit"
    verbose_name = "Journal"

    def ready(self) -> None:
        from explor.ground.ui import hooks

        from .pages import panel

        hooks.register("home:administration", panel, order=30)
