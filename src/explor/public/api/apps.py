from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "explor.public.api"
    label = "api"
    verbose_name = "Données ouvertes"
