from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "explor.actors.projects"
    label = "projects"
    verbose_name = "Projets"

    def ready(self) -> None:
        from explor.ground.common import slots
        from explor.ground.common.parts import NavItem

        slots.offer("panel:project:association", "callable(request, project) -> Panel | None")
        slots.offer("panel:project:reseau", "callable(request, project) -> Panel | None")
        item = NavItem(label="Projets", name="projects:association_projects")
        slots.fill("nav:association", item, order=20)
