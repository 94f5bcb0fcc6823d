from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "explor.ground.imports"
    label = "imports"
    verbose_name = "Imports"

    def ready(self) -> None:
        from explor.ground.ui import hooks

        hooks.define("imports.kinds", "ImportKind: a kind of file that may be imported")
