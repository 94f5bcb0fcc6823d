"""Permissions on releases, and the conditions to approve, sign and conclude."""

from collections.abc import Iterable

from explor.ground.http.actor import Actor
from explor.journey.leave_readings.engine import LeaveReading

from .models import Release
from .states import State

PARTIES = ("association", "expert", "employeur")
ALONE = "BSE"  # the leave scheme of those who have no employer


def parties_of(release: Release) -> tuple[str, ...]:
    """Return the parties that sign the agreement: the employer only when there is one."""
    return PARTIES if release.employer_id else PARTIES[:2]


def is_concerned(actor: Actor, release: Release) -> bool:
    """Return True for the employer, the expert, the association and the network of the release."""
    proposal = release.proposal
    own = {
        "employeur": release.employer_id == actor.scope,
        "expert": proposal.expert_id == actor.scope,
        "association": proposal.need.association_id == actor.scope,
        "reseau": proposal.need.network_id == actor.scope,
    }
    return own.get(actor.role, actor.role == "systeme")


def can(actor: Actor, verb: str, release: Release) -> bool:
    """Return True when `actor` may perform the workflow action `verb` on this release now."""
    allowed = release.workflow.allows(release.state, verb, actor.role)
    return allowed and is_concerned(actor, release)


def can_sign(actor: Actor, release: Release) -> bool:
    """Return True for a party that has not signed, or the network to record a paper signature."""
    if not can(actor, "sign", release):
        return False
    missing = unsigned(release)
    return bool(missing) if actor.role == "reseau" else actor.role in missing


def can_confirm(actor: Actor, release: Release) -> bool:
    """Return True for the network, while the leave scheme chosen by the employer is unconfirmed."""
    stated = bool(release.scheme) and not release.confirmed_by
    return actor.role == "reseau" and stated and is_concerned(actor, release)


def unsigned(release: Release) -> list[str]:
    """Return the parties that have not signed, from the prefetched signatures."""
    signed = {signature.party for signature in release.signatures.all()}
    return [party for party in parties_of(release) if party not in signed]


def missing_to_approve(release: Release) -> list[str]:
    """Return why a release cannot be granted (no leave scheme, closed one), empty when it can."""
    if not release.scheme:
        return ["Indiquez le cadre de la mise à disposition."]
    closed = [each for each in release.verdicts if each["code"] == release.scheme]
    if closed and closed[0]["verdict"] == "closed":
        return [f"Ce cadre est fermé : {' '.join(closed[0]['why'])}"]
    return []


def schemes_without_employer(readings: Iterable[LeaveReading]) -> list[str]:
    """Return the schemes in which a network lets a person without employer leave.

    That is the scheme made for them, unless it is closed, and any other that the law opens.
    """
    return [
        each.code
        for each in readings
        if each.verdict == "open" or (each.code == ALONE and each.verdict != "closed")
    ]


def missing_without_employer(scheme: str, readings: Iterable[LeaveReading]) -> list[str]:
    """Return why a person without employer cannot leave in a scheme, empty when they can."""
    if scheme in schemes_without_employer(readings):
        return []
    return ["Ce cadre n’est pas ouvert à cette personne, que nul n’a à libérer."]


def missing_to_sign(release: Release) -> list[str]:
    """Return why nobody can sign (no agreement generated yet), empty when they can."""
    return [] if release.agreement_id else ["La convention n’est pas encore établie."]


def missing_to_conclude(release: Release) -> list[str]:
    """Return why the agreement is not concluded (signatures awaited), empty when it can be.

    The signatures are queried again, as prefetched rows may miss the last one.
    """
    signed = set(release.signatures.values_list("party", flat=True))
    left = [party for party in parties_of(release) if party not in signed]
    return [f"Signature attendue : {', '.join(left)}."] if left else []


def is_open(release: Release) -> bool:
    """Return True for a release that is neither refused nor ended."""
    return release.state in (State.REQUESTED, State.APPROVED, State.AGREED)
