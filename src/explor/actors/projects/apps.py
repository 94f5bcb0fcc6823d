from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "explor.actors.projects"
    label = "projects"
    verbose_name = "Projets"

    def ready(self) -> None:
        from explor.ground.ui import hooks
        from explor.ground.ui.parts import NavItem

        hooks.define("panel:project:association", "callable(request, project) -> Panel | None")
        hooks.define("panel:project:reseau", "callable(request, project) -> Panel | None")
        item = NavItem(label="Projets", name="projects:association_projects")
        hooks.register("nav:association", item, order=20)
