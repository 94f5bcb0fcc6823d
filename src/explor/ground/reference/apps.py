from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "explor.ground.reference"
    label = "reference"
    verbose_name = "Référentiels"
