"""Who may change an organisation, and what verification looks at."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from explor.actors.networks.models import PaperKind
from explor.ground.http.actor import Actor

from .models import FieldPartner, Kind, Member, MembershipPaper, Organisation
from .states import STANDING

YEAR = timedelta(days=365)
NOTICE = timedelta(days=30)  # both sides are told this long before


def can_edit(actor: Actor, organisation: Organisation) -> bool:
    """Its own members, and its network for those who asked by phone."""
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
    """The association whose partner it is, and its network."""
    return can_edit(actor, partner.association)


def can(actor: Actor, verb: str, organisation: Organisation) -> bool:
    """May `actor` take `verb` on the membership of this organisation?"""
    return can_edit(actor, organisation) and organisation.workflow.allows(
        organisation.state, verb, actor.role
    )


def missing_to_verify(organisation: Organisation) -> list[str]:
    """What the network cannot verify without."""
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
    """Of each kind, the latest paper that holds on a day."""
    holding = [each for each in papers if each.valid_until is None or each.valid_until >= on]
    return {each.kind: each for each in sorted(holding, key=lambda each: (each.dated, each.pk))}


def next_check(organisation: Organisation, on: date) -> date:
    """A year from `on`, or earlier when a paper the network asks for ends before."""
    needed = organisation.network.papers_needed
    papers = in_force(organisation.papers.all(), on)
    ends = [papers[kind].valid_until for kind in needed if kind in papers]
    return min([on + YEAR, *filter(None, ends)])


def is_due(organisation: Organisation, on: date) -> bool:
    """Does the check of the year come within a month?"""
    until = organisation.verified_until
    return organisation.state in STANDING and until is not None and until <= on + NOTICE


def _papers_missing(organisation: Organisation) -> list[PaperKind]:
    held = in_force(organisation.papers.all(), timezone.localdate())
    return [PaperKind(kind) for kind in organisation.network.papers_needed if kind not in held]
