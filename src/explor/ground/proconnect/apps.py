from django.apps import AppConfig


class ProConnectConfig(AppConfig):
    name = "explor.ground.proconnect"
    label = "proconnect"
    verbose_name = "ProConnect"

    def ready(self) -> None:
        from explor.ground.ui import hooks

        from .views import sign_out_url

        hooks.register("sign-out pages", sign_out_url)
