from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "explor.journey.missions"
    label = "missions"
    verbose_name = "Missions"
