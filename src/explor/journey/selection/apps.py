from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "explor.journey.selection"
    label = "selection"
    verbose_name = "Sélection"
