"""Permissions on organisations, daily limits of a person, and conditions of verification."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from explor.actors.networks.models import PaperKind
from explor.ground.http.actor import Actor

from .models import FieldPartner, Kind, Member, MembershipPaper, Organisation
from .states import STANDING

YEAR = timedelta(days=365)
NOTICE = timedelta(days=30)  # how long before a yearly check the reminder is sent
IDENTITY = ("name", "siret", "siren", "rna")
MOST_REGISTRATIONS = 5  # maximum per person and day
MOST_LETTERS = 5  # maximum per person and day when the organisation is not verified


def can_edit(actor: Actor, organisation: Organisation) -> bool:
    """Return whether `actor` may edit the organisation: its members and its network."""
    if actor.role == "reseau":
        return organisation.network_id == actor.scope
    return actor.role == organisation.kind and organisation.pk == actor.scope


def can_edit_paper(actor: Actor, paper: MembershipPaper) -> bool:
    """Return whether `actor` may remove a paper: a member of the organisation, or its network."""
    return can_edit(actor, paper.organisation)


def can_remove_member(actor: Actor, member: Member) -> bool:
    """Return whether `actor` may remove a member: members of the same organisation only."""
    return actor.role != "reseau" and can_edit(actor, member.organisation)


def blockers_of_register(registrations: int) -> list[str]:
    """Return the French reason why a person may not register one more organisation; [] if they may.

    The number is limited because an officer must verify each registration.

    Args:
        registrations: how many organisations the person registered in the last day.
    """
    if registrations < MOST_REGISTRATIONS:
        return []
    return [
        "Vous avez déjà inscrit cinq organisations depuis hier. Inscrivez les autres demain, ou "
        "demandez à votre réseau de les importer."
    ]


def blockers_of_letter(organisation: Organisation, sent: int) -> list[str]:
    """Return the French reason why no more invitation or link may be sent; [] if one may.

    Anybody can register an organisation and choose the names in its messages: the limit prevents
    sending spam in the name of Explor.

    Args:
        organisation: the organisation in whose name the message is sent.
        sent: how many invitations and links its author sent in the last day.
    """
    if organisation.state in STANDING or sent < MOST_LETTERS:
        return []
    return [
        "Cinq messages sont déjà partis depuis hier. Envoyez les autres demain, ou dès que votre "
        "réseau aura vérifié votre inscription."
    ]


def blockers_of_remove_member(members: int) -> list[str]:
    """Return a French reason not to remove the last member; [] when `members` is more than one."""
    if members > 1:
        return []
    return ["Invitez d’abord une autre personne : l’organisation resterait sans contact."]


def can_revoke_links(actor: Actor, partner: FieldPartner) -> bool:
    """Return whether `actor` may revoke the links of a partner: its association, or the network."""
    return can_edit(actor, partner.association)


def can(actor: Actor, verb: str, organisation: Organisation) -> bool:
    """Return whether `actor` may take `verb` on the organisation in its current state."""
    return can_edit(actor, organisation) and organisation.workflow.allows(
        organisation.state, verb, actor.role
    )


def missing_to_verify(organisation: Organisation) -> list[str]:
    """Return what is missing to verify the organisation, in French; empty when nothing is."""
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


def identity_changed(before: Organisation, after: Organisation) -> bool:
    """Return whether the name or an identifier differs between two states of an organisation."""
    return any(getattr(before, name) != getattr(after, name) for name in IDENTITY)


def in_force(papers: Iterable[MembershipPaper], on: date) -> dict[str, MembershipPaper]:
    """Return {kind: latest paper of this kind that is valid on the day `on`}."""
    valid = [each for each in papers if each.valid_until is None or each.valid_until >= on]
    return {each.kind: each for each in sorted(valid, key=lambda each: (each.dated, each.pk))}


def next_check(organisation: Organisation, on: date) -> date:
    """Return the date of the next yearly check, a year after the day `on`.

    The check is earlier when a required paper expires before that date.
    """
    needed = organisation.network.papers_needed
    papers = in_force(organisation.papers.all(), on)
    ends = [papers[kind].valid_until for kind in needed if kind in papers]
    return min([on + YEAR, *filter(None, ends)])


def is_due(organisation: Organisation, on: date) -> bool:
    """Return whether the yearly check is overdue or due within a month after `on`."""
    until = organisation.verified_until
    return organisation.state in STANDING and until is not None and until <= on + NOTICE


def _papers_missing(organisation: Organisation) -> list[PaperKind]:
    valid = in_force(organisation.papers.all(), timezone.localdate())
    return [PaperKind(kind) for kind in organisation.network.papers_needed if kind not in valid]
