"""Permissions to create and edit projects, and the useful fields that are still blank."""

from explor.actors.organisations.models import Organisation
from explor.ground.http.actor import Actor

from .models import Project

# The fields most useful to readers of the sheet, and the purpose of each.
USEFUL = {
    "start": "la date de début : elle dit si le projet est à venir ou en cours",
    "countries": "le pays : il place le projet sur la carte",
    "sectors": "un secteur : il permet de trouver le projet",
    "context": "le contexte : il explique pourquoi le projet existe",
    "objectives": "les objectifs : ils guident la mission et son évaluation",
    "local_partners": "les partenaires locaux : ils accueillent la mission",
}


def can_describe(actor: Actor, project: Project) -> bool:
    """Return whether `actor` may edit the project: its association and its network."""
    if actor.role == "reseau":
        return project.association.network_id == actor.scope
    return actor.role == "association" and project.association_id == actor.scope


def can_describe_new(actor: Actor, association: Organisation) -> bool:
    """Return whether `actor` may create a project for the association: its members only."""
    return actor.role == "association" and association.pk == actor.scope


def blanks(project: Project) -> list[str]:
    """Return a French sentence for each blank field among `USEFUL`; none of them is required."""
    return [why for name, why in USEFUL.items() if not getattr(project, name)]
