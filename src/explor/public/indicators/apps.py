from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "explor.public.indicators"
    label = "indicators"
    verbose_name = "Chiffres"
