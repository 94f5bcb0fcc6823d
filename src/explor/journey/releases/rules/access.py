"""Who may read a release and act on it, and why its leave scheme is closed."""

from explor.ground.http.actor import Actor
from explor.journey.leave_readings.engine import LeaveReading

from ..models import Release

PARTIES = ("association", "expert", "employeur")


def parties_of(release: Release) -> tuple[str, ...]:
    """Return the roles that sign the agreement: association, expert and, if any, employer."""
    return PARTIES if release.employer_id else PARTIES[:2]


def is_concerned(actor: Actor, release: Release) -> bool:
    """Return True for the employer, expert, association, network of the release, and the system."""
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


def closed_today(reading: LeaveReading) -> list[str]:
    """Return why a leave scheme is closed on the day of its verdict; empty when it is not."""
    if reading.verdict != "closed":
        return []
    return [f"Le cadre « {reading.label} » est fermé : {' '.join(reading.why)}"]
