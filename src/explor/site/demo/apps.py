from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "explor.site.demo"
    label = "demo"
    verbose_name = "Démonstration"
