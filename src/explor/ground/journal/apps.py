from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "explor.ground.journal"
    label = "journal"
    verbose_name = "Journal"
