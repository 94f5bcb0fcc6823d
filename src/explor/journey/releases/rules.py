"""Who approves, who signs, and in which order."""

from explor.ground.http.actor import Actor

from .models import Release
from .states import State

PARTIES = ("association", "expert", "employeur")


def parties_of(release: Release) -> tuple[str, ...]:
    """Who signs the agreement: without an employer, two."""
    return PARTIES if release.employer_id else PARTIES[:2]


def is_concerned(actor: Actor, release: Release) -> bool:
    """The employer, the expert, the association and the network of the release."""
    proposal = release.proposal
    own = {
        "employeur": release.employer_id == actor.scope,
        "expert": proposal.expert_id == actor.scope,
        "association": proposal.need.association_id == actor.scope,
        "reseau": proposal.need.network_id == actor.scope,
    }
    return own.get(actor.role, actor.role == "systeme")


def can(actor: Actor, verb: str, release: Release) -> bool:
    """May `actor` take `verb` on this release?"""
    allowed = release.workflow.allows(release.state, verb, actor.role)
    return allowed and is_concerned(actor, release)


def can_sign(actor: Actor, release: Release) -> bool:
    """A party that has not signed yet; the network for a paper it received."""
    if not can(actor, "sign", release):
        return False
    missing = unsigned(release)
    return bool(missing) if actor.role == "reseau" else actor.role in missing


def can_confirm(actor: Actor, release: Release) -> bool:
    """The network, once the employer stated a scheme that nobody has confirmed."""
    stated = bool(release.scheme) and not release.confirmed_by
    return actor.role == "reseau" and stated and is_concerned(actor, release)


def unsigned(release: Release) -> list[str]:
    """The parties that have not signed, as far as the signatures already read say."""
    signed = {signature.party for signature in release.signatures.all()}
    return [party for party in parties_of(release) if party not in signed]


def missing_to_approve(release: Release) -> list[str]:
    """The scheme must be stated, and not one the law closes."""
    if not release.scheme:
        return ["Indiquez le cadre de la mise à disposition."]
    closed = [each for each in release.verdicts if each["code"] == release.scheme]
    if closed and closed[0]["verdict"] == "closed":
        return [f"Ce cadre est fermé : {' '.join(closed[0]['why'])}"]
    return []


def missing_to_sign(release: Release) -> list[str]:
    """One signs a document that exists."""
    return [] if release.agreement_id else ["La convention n’est pas encore établie."]


def missing_to_conclude(release: Release) -> list[str]:
    """Every party has signed; read afresh, what was prefetched may be older than the last one."""
    signed = set(release.signatures.values_list("party", flat=True))
    left = [party for party in parties_of(release) if party not in signed]
    return [f"Signature attendue : {', '.join(left)}."] if left else []


def is_open(release: Release) -> bool:
    """A release that still counts."""
    return release.state in (State.REQUESTED, State.APPROVED, State.AGREED)
