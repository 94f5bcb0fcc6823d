from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "explor.actors.projects"
    label = "projects"
    verbose_name = "Projets"
