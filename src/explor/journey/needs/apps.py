from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "explor.journey.needs"
    label = "needs"
    verbose_name = "Besoins"
