"""Tasks of a committee member, for their home."""

from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.ui.parts import Task
from explor.journey.needs.models import Need

from .. import selectors
from ..models import CommitteeMember


def tasks_of_member(actor: Actor) -> list[Task]:
    """Return the tasks of a committee member: declare interests, give the remaining opinions."""
    member = selectors.member_of(actor)
    if member is None:
        return []
    tasks = []
    if member.declared_at is None:
        url = reverse("committees:comite_declare", args=[actor.key])
        why = "Avant de rendre votre premier avis."
        tasks.append(Task(title="Dire vos liens avec les dossiers", url=url, why=why))
    needs = list(selectors.without_final_opinion(member).only("title", "created_at"))
    return tasks + ([_to_judge(actor, member, needs)] if needs else [])


def _to_judge(actor: Actor, member: CommitteeMember, needs: list[Need]) -> Task:
    """Return one task for all of `needs`, with a link to the first."""
    first = needs[0]
    title = f"« {first.title} » ({first.file_number})"
    what, why = f"{len(needs)} dossiers", f"À commencer par {title}."
    if len(needs) == 1:
        what, why = title, "C’est le dernier."
    url = reverse("committees:comite_need", args=[actor.key, first.pk])
    until = member.call.committee_on
    return Task(title=f"Donner votre avis sur {what}", url=url, why=why, until=until)
