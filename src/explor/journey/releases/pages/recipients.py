"""Recipients of the messages about a release, for the confirmation pages of its verbs."""

from explor.ground.workflow.pages import Notified

from ..models import Release


def parties(release: Release, reads: str) -> tuple[Notified, ...]:
    """Return the expert, association, network and employer as recipients of the message `reads`."""
    who = ["L’experte ou l’expert", "l’association", "le réseau"]
    who += ["l’employeur"] if release.employer_id else []
    return (Notified(", ".join(who), reads),)
