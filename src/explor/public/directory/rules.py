"""Who may write, publish and withdraw a sheet."""

from explor.ground.common.actor import Actor

from .models import ProjectSheet


def can(actor: Actor, verb: str, sheet: ProjectSheet) -> bool:
    """The network of the sheet; its association for a confirmation; the administration for all."""
    if not sheet.workflow.allows(sheet.state, verb, actor.hat):
        return False
    if actor.hat == "reseau":
        return sheet.network_id == actor.scope
    if actor.hat == "association":
        return sheet.project is not None and sheet.project.association_id == actor.scope
    return actor.hat == "administration"


def missing_to_publish(sheet: ProjectSheet) -> list[str]:
    """Blanks are allowed; a sheet without a title is not one."""
    return [] if sheet.content.get("title") else ["La fiche n’a pas de titre."]
