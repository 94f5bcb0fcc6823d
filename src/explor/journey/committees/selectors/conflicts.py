"""Conflicts of interest between members and associations that Explor can detect."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from explor.actors.experts.models import Expert
from explor.actors.experts.selectors import tied_organisations
from explor.actors.organisations.models import Member, Organisation
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need

from ..models import CommitteeMember, Recusal
from .files import needs_before_committee, needs_to_judge


class Conflict(NamedTuple):
    """A member to recuse from a need, and why; `member` and `need` are primary keys."""

    member: int
    need: int
    reason: str


def known_conflicts(
    call: Call, *, member: CommitteeMember | None = None, need: int = 0
) -> list[Conflict]:
    """Return the conflicts on undecided needs that are not yet recorded as recusals.

    A member has a conflict when they act for or work at the association of a need (or an
    organisation with the same SIREN, even read from its SIRET), or when they are its field partner.

    Args:
        call: the call whose committee is checked.
        member: check this member alone; all when None.
        need: check the need with this primary key alone; 0 for all.
    """
    needs = needs_to_judge(call.pk)
    members = CommitteeMember.objects.filter(call=call)
    if need:
        needs = needs.filter(pk=need)
    if member:
        members = members.filter(pk=member.pk)
    rows = list(members.values_list("pk", "person", "person__email"))
    recorded = set(Recusal.objects.filter(member__call=call).values_list("member", "need"))
    organisations = organisations_of([person for _, person, _ in rows])
    to_judge = list(needs.select_related("association", "partner").order_by("pk"))
    return [
        Conflict(pk, each.pk, reason)
        for pk, person, email in rows
        for each in to_judge
        if (pk, each.pk) not in recorded
        for reason in _reasons(each, organisations.get(person, []), email)
    ]


def organisations_of(people: list[int]) -> dict[int, list[tuple[str, Organisation]]]:
    """Return, by primary key of a person, the organisations that they act or work for.

    Each comes after the French phrase that begins the reason of a recusal: « Agit pour » or «
    Travaille pour ».
    """
    organisations: dict[int, list[tuple[str, Organisation]]] = {}
    members = Member.objects.filter(person__in=people).select_related("organisation")
    for each in members.order_by("pk"):
        organisations.setdefault(each.person_id, []).append(("Agit pour", each.organisation))
    experts = Expert.objects.filter(person__in=people, employer__isnull=False)
    for expert in experts.select_related("employer").order_by("pk"):
        if expert.employer:
            organisations.setdefault(expert.person_id, []).append(
                ("Travaille pour", expert.employer)
            )
    return organisations


def _reasons(
    need: Need, organisations: list[tuple[str, Organisation]], email: str
) -> Iterator[str]:
    association, partner = need.association, need.partner
    for link, organisation in organisations:
        unit = organisation.legal_siren
        same_siren = unit and unit == association.legal_siren
        if organisation.pk == association.pk or same_siren:
            yield f"{link} {association.name}"
            return
    if partner and partner.email and partner.email.lower() == email.lower():
        yield f"Partenaire de terrain de {association.name}"


def needs_in_conflict(member: CommitteeMember) -> "QuerySet[Any]":
    """Return the needs, decided or not, on which a member has a conflict.

    Conflicts are found as in `known_conflicts`, in one query, even when already recorded as
    recusals.
    """
    person = member.person
    conflict = Q(association__in=tied_organisations(person.pk).values("pk"))
    if person.email:
        conflict |= Q(partner__email__iexact=person.email)
    return needs_before_committee().filter(conflict, call=member.call_id)
