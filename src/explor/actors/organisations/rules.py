"""Who may act on an organisation, and what its verification needs."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from explor.actors.networks.models import PaperKind
from explor.ground.http.actor import Actor

from .models import FieldPartner, Kind, Member, MembershipPaper, Organisation
from .states import STANDING

YEAR = timedelta(days=365)
NOTICE = timedelta(days=30)  # both sides are reminded this long before a check


def can_edit(actor: Actor, organisation: Organisation) -> bool:
    """Return whether `actor` is a member, or the network, which may act for those who phone."""
    if actor.role == "reseau":
        return organisation.network_id == actor.scope
    return actor.role == organisation.kind and organisation.pk == actor.scope


def can_edit_paper(actor: Actor, paper: MembershipPaper) -> bool:
    """Return whether `actor` may take back a paper: the organisation's own members, its network."""
    return can_edit(actor, paper.organisation)


def can_remove_member(actor: Actor, member: Member) -> bool:
    """Return whether `actor` acts for the organisation of the member."""
    return actor.role != "reseau" and can_edit(actor, member.organisation)


def blockers_of_remove_member(members: int) -> list[str]:
    """Return why nobody may leave an organisation that has this number of members."""
    if members > 1:
        return []
    return ["Invitez d’abord une autre personne : l’organisation resterait sans contact."]


def can_revoke_links(actor: Actor, partner: FieldPartner) -> bool:
    """Return whether `actor` is the association of the partner, or its network."""
    return can_edit(actor, partner.association)


def can(actor: Actor, verb: str, organisation: Organisation) -> bool:
    """Return whether `actor` may take `verb` on this membership now."""
    return can_edit(actor, organisation) and organisation.workflow.allows(
        organisation.state, verb, actor.role
    )


def missing_to_verify(organisation: Organisation) -> list[str]:
    """Return what is missing before the network verifies, in words for the reader."""
    missing = []
    if not (organisation.siret or organisation.siren or organisation.rna):
        missing.append("Il manque un identifiant : SIRET, SIREN ou numéro RNA.")
    if organisation.kind == Kind.ASSOCIATION:
        if not organisation.cer_signed_on:
            missing.append("Il manque la date de signature du contrat d’engagement républicain.")
        if organisation.general_interest is not True:
            missing.append("L’intérêt général n’est pas déclaré.")
        missing += [
            f"Il manque une pièce : {each.label}." for each in _papers_missing(organisation)
        ]
    return missing


def in_force(papers: Iterable[MembershipPaper], on: date) -> dict[str, MembershipPaper]:
    """Return the latest paper of each kind that is valid on a day, by kind."""
    valid = [each for each in papers if each.valid_until is None or each.valid_until >= on]
    return {each.kind: each for each in sorted(valid, key=lambda each: (each.dated, each.pk))}


def next_check(organisation: Organisation, on: date) -> date:
    """Return a year from `on`, or the end of a paper that the network needs when it is earlier."""
    needed = organisation.network.papers_needed
    papers = in_force(organisation.papers.all(), on)
    ends = [papers[kind].valid_until for kind in needed if kind in papers]
    return min([on + YEAR, *filter(None, ends)])


def is_due(organisation: Organisation, on: date) -> bool:
    """Return whether the check of the year is due within a month."""
    until = organisation.verified_until
    return organisation.state in STANDING and until is not None and until <= on + NOTICE


def _papers_missing(organisation: Organisation) -> list[PaperKind]:
    valid = in_force(organisation.papers.all(), timezone.localdate())
    return [PaperKind(kind) for kind in organisation.network.papers_needed if kind not in valid]
