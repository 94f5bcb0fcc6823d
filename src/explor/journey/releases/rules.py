"""Who approves, who signs, and in which order."""

from explor.ground.http.actor import Actor

from .models import Release
from .states import State

PARTIES = ("association", "expert", "employeur")


def parties_of(release: Release) -> tuple[str, ...]:
    """Return who signs the agreement: without an employer, two parties."""
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
    """Return True when `actor` may take `verb` on this release in its present state."""
    allowed = release.workflow.allows(release.state, verb, actor.role)
    return allowed and is_concerned(actor, release)


def can_sign(actor: Actor, release: Release) -> bool:
    """Let a party that has not signed sign, and the network for a signed paper it received."""
    if not can(actor, "sign", release):
        return False
    missing = unsigned(release)
    return bool(missing) if actor.role == "reseau" else actor.role in missing


def can_confirm(actor: Actor, release: Release) -> bool:
    """Let the network confirm the scheme that the employer stated, once."""
    stated = bool(release.scheme) and not release.confirmed_by
    return actor.role == "reseau" and stated and is_concerned(actor, release)


def unsigned(release: Release) -> list[str]:
    """Return the parties that have not signed, from the signatures already read."""
    signed = {signature.party for signature in release.signatures.all()}
    return [party for party in parties_of(release) if party not in signed]


def missing_to_approve(release: Release) -> list[str]:
    """Return why a release cannot be granted: no scheme stated, or one that the law closes."""
    if not release.scheme:
        return ["Indiquez le cadre de la mise à disposition."]
    closed = [each for each in release.verdicts if each["code"] == release.scheme]
    if closed and closed[0]["verdict"] == "closed":
        return [f"Ce cadre est fermé : {' '.join(closed[0]['why'])}"]
    return []


def missing_to_sign(release: Release) -> list[str]:
    """Return why nobody can sign: the agreement is not drawn."""
    return [] if release.agreement_id else ["La convention n’est pas encore établie."]


def missing_to_conclude(release: Release) -> list[str]:
    """Return who has still to sign, read again: prefetched rows may miss the last signature."""
    signed = set(release.signatures.values_list("party", flat=True))
    left = [party for party in parties_of(release) if party not in signed]
    return [f"Signature attendue : {', '.join(left)}."] if left else []


def is_open(release: Release) -> bool:
    """Return True for a release that is neither refused nor ended."""
    return release.state in (State.REQUESTED, State.APPROVED, State.AGREED)
