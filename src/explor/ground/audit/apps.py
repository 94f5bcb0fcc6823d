from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "explor.ground.audit"
    label = "audit"
    verbose_name = "Journal"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.refusals import HOOK

        from .pages import panel
        from .views import refused

        hooks.register(HOOK, refused)
        hooks.register("home:administration", panel, order=30)
