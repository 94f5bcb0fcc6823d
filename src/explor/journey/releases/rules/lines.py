"""Who fills the blank lines of an agreement (facts that Explor does not know), until when."""

from explor.ground.http.actor import Actor

from ..fields import KNOWN, TO_FILL
from ..models import Release, Signature
from ..states import State
from .access import is_concerned

FILLING = ("association", "employeur", "reseau")


def lines_to_fill(release: Release) -> dict[str, str]:
    """Return {field: text} for the agreement lines left blank or already filled by a party."""
    content = release.agreement.content if release.agreement else {}
    written, left = content.get("lines", {}), content.get("left", [])
    meanings = KNOWN | TO_FILL
    names = [name for name, meaning in meanings.items() if meaning in left or name in written]
    return {name: written.get(name, "") for name in names}


def can_fill_lines(actor: Actor, release: Release) -> bool:
    """Return True for the association, the employer and the network of an approved release.

    Only before the first signature, and when the agreement has lines left to fill.
    """
    waits = release.state == State.APPROVED and not release.current_signatures
    concerned = actor.role in FILLING and is_concerned(actor, release)
    return waits and concerned and bool(lines_to_fill(release))


def missing_to_fill(release: Release, agreement: int) -> list[str]:
    """Return why the lines of an agreement can no longer change, empty when they can.

    Reasons: somebody signed it, or it is replaced. The signatures are queried again: one may have
    been given since the page was read.
    """
    if Signature.objects.filter(agreement=agreement).exists():
        return ["Une partie a déjà signé : la convention ne change plus."]
    if release.state != State.APPROVED or release.agreement_id != agreement:
        return ["Cette convention n’est plus à signer."]
    return []
