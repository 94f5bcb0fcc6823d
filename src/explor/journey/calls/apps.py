from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "explor.journey.calls"
    label = "calls"
    verbose_name = "Appels"
