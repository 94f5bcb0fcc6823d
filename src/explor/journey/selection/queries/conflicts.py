"""Ties between those who sit and those who ask, as far as Explor knows them."""

from collections.abc import Iterator
from typing import NamedTuple

from explor.actors.experts.models import Expert
from explor.actors.organisations.models import Member, Organisation
from explor.journey.calls.models import Call

from ..models import CommitteeMember, Decision, Recusal
from ..states import State


class Tie(NamedTuple):
    """A member who should stand aside from a need, and why."""

    member: int
    need: int
    reason: str


def ties(call: Call, *, member: CommitteeMember | None = None, need: int = 0) -> list[Tie]:
    """The ties that nobody noted yet on the files still to judge: those who act for the association
    or work there, as such or where it is also an employer, and its partner in the field.
    """
    files = Decision.objects.live().filter(need__call=call, state=State.TO_DECIDE)
    seats = CommitteeMember.objects.filter(call=call)
    if need:
        files = files.filter(need=need)
    if member:
        seats = seats.filter(pk=member.pk)
    rows = list(seats.values_list("pk", "person", "person__email"))
    noted = set(Recusal.objects.filter(member__call=call).values_list("member", "need"))
    bodies = _bodies_of([person for _, person, _ in rows])
    asked = list(files.select_related("need__association", "need__partner").order_by("pk"))
    return [
        Tie(pk, decision.need_id, reason)
        for pk, person, email in rows
        for decision in asked
        if (pk, decision.need_id) not in noted
        for reason in _reasons(decision, bodies.get(person, []), email)
    ]


def _bodies_of(people: list[int]) -> dict[int, list[tuple[str, Organisation]]]:
    """The organisations of each person, and what ties them to it."""
    found: dict[int, list[tuple[str, Organisation]]] = {}
    members = Member.objects.filter(person__in=people).select_related("organisation")
    for each in members.order_by("pk"):
        found.setdefault(each.person_id, []).append(("Agit pour", each.organisation))
    experts = Expert.objects.filter(person__in=people, employer__isnull=False)
    for expert in experts.select_related("employer").order_by("pk"):
        if expert.employer:
            found.setdefault(expert.person_id, []).append(("Travaille pour", expert.employer))
    return found


def _reasons(
    decision: Decision, bodies: list[tuple[str, Organisation]], email: str
) -> Iterator[str]:
    association, partner = decision.need.association, decision.need.partner
    for tie, body in bodies:
        if body.pk == association.pk or (body.siren and body.siren == association.siren):
            yield f"{tie} {association.name}"
            return
    if partner and partner.email and partner.email.lower() == email.lower():
        yield f"Partenaire de terrain de {association.name}"
