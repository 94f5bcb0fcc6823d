"""What a member has to do, on their home."""

from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.ui.parts import Task

from .. import selectors
from ..models import CommitteeMember


def tasks_of_member(actor: Actor) -> list[Task]:
    """Return the interests to declare and the needs without a final opinion, as tasks."""
    member = selectors.member_of(actor)
    if member is None:
        return []
    tasks = []
    if member.declared_at is None:
        url = reverse("committees:comite_declare", args=[actor.key])
        why = "Avant de rendre votre premier avis."
        tasks.append(Task(title="Dire vos liens avec les dossiers", url=url, why=why))
    needs = list(selectors.without_final_opinion(member).values_list("pk", "title"))
    return tasks + ([_to_judge(actor, member, needs)] if needs else [])


def _to_judge(actor: Actor, member: CommitteeMember, needs: list[tuple[int, str]]) -> Task:
    """Return one task for all the needs left, which leads to the first."""
    first, title = needs[0][0], f"« {needs[0][1]} »"
    what, why = f"{len(needs)} dossiers", f"À commencer par {title}."
    if len(needs) == 1:
        what, why = title, "C’est le dernier."
    url = reverse("committees:comite_need", args=[actor.key, first])
    until = member.call.committee_on
    return Task(title=f"Donner votre avis sur {what}", url=url, why=why, until=until)
