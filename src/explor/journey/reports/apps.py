from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "explor.journey.reports"
    label = "reports"
    verbose_name = "Comptes rendus"
