from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "explor.journey.releases"
    label = "releases"
    verbose_name = "Mises à disposition"
