from django.apps import AppConfig


class ExpertsConfig(AppConfig):
    name = "explor.actors.experts"
    label = "experts"
    verbose_name = "Experts"
