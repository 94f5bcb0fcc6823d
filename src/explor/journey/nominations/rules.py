"""Who may nominate a person, withdraw or answer a nomination, and on which conditions.

Also the digest of an address, by which a person is not asked too often.
"""

from collections.abc import Sequence
from secrets import compare_digest

from django.utils.crypto import salted_hmac

from explor.actors.experts.states import State as ExpertState
from explor.actors.organisations.models import Organisation
from explor.actors.organisations.states import STANDING
from explor.ground.accounts.rules import digest_of
from explor.ground.http.actor import Actor
from explor.journey.needs.states import State as NeedState

from .models import Nomination
from .states import State

TIMES = 2  # how often a person may be asked for one need; never again after a refusal
PENDING = 20  # maximum number of unanswered nominations of one employer


def can_nominate(actor: Actor, employer: Organisation) -> bool:
    """Return whether `actor` acts for the employer, which must be verified to nominate somebody."""
    own = actor.role == "employeur" and employer.pk == actor.scope
    return own and employer.state in STANDING


def can(actor: Actor, verb: str, nomination: Nomination) -> bool:
    """Return whether `actor` may take `verb` now: an employer may withdraw its own nomination."""
    allowed = nomination.workflow.allows(nomination.state, verb, actor.role)
    return allowed and nomination.employer_id == actor.scope


def can_answer(nomination: Nomination, secret: str) -> bool:
    """Return whether `secret` is that of the personal link emailed to the nominated person."""
    return bool(nomination.digest) and compare_digest(nomination.digest, digest_of(secret))


def missing_to_join(nomination: Nomination) -> list[str]:
    """Return a reason when the need was withdrawn since the person was asked, else []."""
    if nomination.need.state != NeedState.WITHDRAWN:
        return []
    return ["Cette mission n’est plus proposée : vous n’avez rien à répondre."]


def missing_to_match(nomination: Nomination) -> list[str]:
    """Return what a person who said yes has to do before the network sees their profile, else [].

    A profile that they already had may be paused, unfinished, or closed to this network.
    """
    expert, network = nomination.expert, nomination.need.network
    if expert is None:
        return []
    missing = []
    if expert.state != ExpertState.AVAILABLE:
        label = str(expert.get_state_display())
        missing.append(f"votre profil est {label} : proposez votre expertise")
    if not expert.consents.filter(network=network, withdrawn_at=None).exists():
        missing.append(f"autorisez {network} à voir votre profil")
    return missing


def missing_to_nominate(pending: int, agreed: bool) -> list[str]:
    """Return why an employer cannot nominate somebody, empty when it can.

    Reasons: the person has not agreed to be contacted, or too many people have not answered yet.

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


def digest_of_address(email: str) -> str:
    """Return the digest of an address, keyed by the installation so that it cannot be reversed."""
    digest: str = salted_hmac("nominations.address", email.lower(), algorithm="sha256").hexdigest()
    return digest


def missing_to_ask_again(states: Sequence[str]) -> list[str]:
    """Return why a person cannot be asked again for a need: declined, or asked twice; else empty.

    The French reason does not say which, since another employer may have asked.

    Args:
        states: the states of the former nominations of the same address for the same need.
    """
    if State.DECLINED in states or len(states) >= TIMES:
        return ["Cette personne ne peut plus être proposée pour cette mission."]
    return []


def is_open(nomination: Nomination) -> bool:
    """Return whether the nominated person may still answer.

    They may until they decline, have a profile after accepting, or have their address erased.
    """
    waits = nomination.state in (State.SENT, State.JOINED)
    return waits and nomination.expert_id is None and nomination.email != ""
