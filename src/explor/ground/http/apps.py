from django.apps import AppConfig


class HttpConfig(AppConfig):
    name = "explor.ground.http"
    label = "http"
    verbose_name = "Requêtes"
