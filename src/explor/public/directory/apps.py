from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "explor.public.directory"
    label = "directory"
    verbose_name = "Annuaire"
