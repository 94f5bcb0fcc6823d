from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "explor.ground.documents"
    label = "documents"
    verbose_name = "Documents"
