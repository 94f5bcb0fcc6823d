from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "explor.actors.networks"
    label = "networks"
    verbose_name = "Réseaux"
