from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "explor.journey.introductions"
    label = "introductions"
    verbose_name = "Mises en relation"
