from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "explor.ground.files"
    label = "files"
    verbose_name = "Documents"

    def ready(self) -> None:
        from explor.ground.ui import hooks

        purpose = "callable(network: int) -> list[str]: addresses notified of an infected file"
        hooks.define("files.guardians", purpose)
