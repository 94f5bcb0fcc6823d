"""Tasks about organisations, on the home pages of networks and of organisations."""

from django.urls import reverse
from django.utils import timezone

from explor.ground.http.actor import Actor
from explor.ground.ui import hooks
from explor.ground.ui.parts import Task

from .. import rules, selectors
from ..models import Kind, Organisation
from ..states import State


def tasks_of_network(actor: Actor) -> list[Task]:
    """Return the tasks of a network: organisations to verify, and those of other capabilities.

    Imported organisations without a member share one task. Other capabilities register their tasks
    with the hook `organisations.waits`.
    """
    waits = hooks.get("organisations.waits")
    rows = selectors.awaiting_network(actor, [condition(actor) for condition, _ in waits])
    imported = [each for each in rows if not each.acting]
    others = [
        task_of(actor, each)
        for at, (_, task_of) in enumerate(waits)
        for each in rows
        if getattr(each, f"condition_{at}")
    ]
    to_verify = [_to_verify(actor, each) for each in rows[len(imported) :] if each.own]
    return [_imported(actor, each.together) for each in imported[:1]] + others + to_verify


def tasks_of_member(actor: Actor) -> list[Task]:
    """Return the tasks of a member: complete a refused registration, renew papers for a check."""
    rows = []
    for each in Organisation.objects.visible_to(actor):
        url = reverse(f"organisations:{actor.role}_profile", args=[actor.key])
        if each.state == State.REFUSED:
            title, why = "Compléter votre inscription", each.refusal
        elif rules.is_due(each, timezone.localdate()):
            title = "Mettre vos pièces à jour"
            why = "Votre réseau doit vérifier de nouveau votre organisation, comme chaque année."
        else:
            continue
        rows.append(Task(title=title, url=url, why=why))
    return rows


def _to_verify(actor: Actor, organisation: Organisation) -> Task:
    again = " de nouveau" if organisation.state == State.LAPSED else ""
    return Task(
        title=f"Vérifier {organisation.name}{again}",
        url=reverse("organisations:reseau_organisation", args=[actor.key, organisation.pk]),
        why=_why_verify(organisation),
    )


def _imported(actor: Actor, count: int) -> Task:
    """Return a single task for all imported organisations that have no member yet."""
    listed = reverse("organisations:reseau_organisations", args=[actor.key])
    return Task(
        title=f"Vérifier {count} organisation{'s' if count > 1 else ''} de votre fichier",
        url=f"{listed}?state={State.REGISTERED}",
        why="Votre réseau les a importées ; personne n’agit encore pour elles.",
    )


def _why_verify(organisation: Organisation) -> str:
    if organisation.state == State.LAPSED:
        return "La vérification de l’année est à refaire."
    if organisation.kind == Kind.ASSOCIATION:
        return "Cette association s’est inscrite."
    return "Cet employeur s’est inscrit."
