"""Who may nominate a person for a need, and who may answer a nomination."""

from secrets import compare_digest

from explor.actors.organisations.models import Organisation
from explor.actors.organisations.states import STANDING
from explor.ground.accounts.rules import digest_of
from explor.ground.http.actor import Actor

from .models import Nomination
from .states import State

PENDING = 20  # nominations of one employer that wait for an answer at once


def can_nominate(actor: Actor, employer: Organisation) -> bool:
    """Return whether `actor` may nominate somebody: only a verified employer may."""
    own = actor.role == "employeur" and employer.pk == actor.scope
    return own and employer.state in STANDING


def can(actor: Actor, verb: str, nomination: Nomination) -> bool:
    """Return whether `actor` may take `verb` now: an employer may withdraw its own nomination."""
    allowed = nomination.workflow.allows(nomination.state, verb, actor.role)
    return allowed and nomination.employer_id == actor.scope


def can_answer(nomination: Nomination, secret: str) -> bool:
    """Return whether `secret` is that of the personal link emailed to the nominated person."""
    return bool(nomination.digest) and compare_digest(nomination.digest, digest_of(secret))


def missing_to_nominate(pending: int, agreed: bool) -> list[str]:
    """Return why an employer cannot nominate somebody, empty when it can.

    Args:
        pending: how many people nominated by this employer have not answered.
        agreed: whether the person agreed to be contacted.
    """
    missing = []
    if not agreed:
        missing.append("Demandez d’abord à cette personne si elle est d’accord.")
    if pending >= PENDING:
        missing.append(
            f"{PENDING} personnes n’ont pas encore répondu : attendez ou retirez-en une."
        )
    return missing


def is_open(nomination: Nomination) -> bool:
    """Return whether the person may still answer: before declining or creating a profile."""
    waits = nomination.state in (State.SENT, State.JOINED)
    return waits and nomination.expert_id is None and nomination.email != ""
