from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "explor.actors.organisations"
    label = "organisations"
    verbose_name = "Organisations"
