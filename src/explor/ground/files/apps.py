from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "explor.ground.files"
    label = "files"
    verbose_name = "Documents"
