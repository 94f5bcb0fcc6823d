"""Ties between the members of a committee and those who ask, as far as Explor knows them."""

from collections.abc import Iterator
from typing import NamedTuple

from explor.actors.experts.models import Expert
from explor.actors.organisations.models import Member, Organisation
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need

from ..models import CommitteeMember, Recusal
from .files import needs_to_judge


class Tie(NamedTuple):
    """A member who should be recused from a need, and why."""

    member: int
    need: int
    reason: str


def ties(call: Call, *, member: CommitteeMember | None = None, need: int = 0) -> list[Tie]:
    """Return the ties to needs still to judge that no recusal records yet.

    A member is tied to a need when they act for or work at its association (or an organisation
    with the same SIREN), or when they are its field partner.

    Args:
        call: whose committee.
        member: look at this member alone.
        need: look at the need with this key alone; 0 for all.
    """
    needs = needs_to_judge(call.pk)
    members = CommitteeMember.objects.filter(call=call)
    if need:
        needs = needs.filter(pk=need)
    if member:
        members = members.filter(pk=member.pk)
    rows = list(members.values_list("pk", "person", "person__email"))
    recorded = set(Recusal.objects.filter(member__call=call).values_list("member", "need"))
    organisations = _organisations_of([person for _, person, _ in rows])
    to_judge = list(needs.select_related("association", "partner").order_by("pk"))
    return [
        Tie(pk, each.pk, reason)
        for pk, person, email in rows
        for each in to_judge
        if (pk, each.pk) not in recorded
        for reason in _reasons(each, organisations.get(person, []), email)
    ]


def _organisations_of(people: list[int]) -> dict[int, list[tuple[str, Organisation]]]:
    """Return the organisations of each person, with what ties them to it."""
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
    need: Need, organisations: list[tuple[str, Organisation]], email: str
) -> Iterator[str]:
    association, partner = need.association, need.partner
    for tie, organisation in organisations:
        same_siren = organisation.siren and organisation.siren == association.siren
        if organisation.pk == association.pk or same_siren:
            yield f"{tie} {association.name}"
            return
    if partner and partner.email and partner.email.lower() == email.lower():
        yield f"Partenaire de terrain de {association.name}"
