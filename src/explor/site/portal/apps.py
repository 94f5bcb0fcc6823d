from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "explor.site.portal"
    label = "portal"
    verbose_name = "Accueils"
