from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "explor.ground.privacy"
    label = "privacy"
    verbose_name = "Données personnelles"
