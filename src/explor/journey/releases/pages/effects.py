"""Those who read of an act on a release, for the pages that announce it."""

from explor.ground.workflow.pages import Notified

from ..models import Release


def parties(release: Release, reads: str) -> tuple[Notified, ...]:
    """Return the expert, the association, the network and the employer, with what they read."""
    who = ["L’experte ou l’expert", "l’association", "le réseau"]
    who += ["l’employeur"] if release.employer_id else []
    return (Notified(", ".join(who), reads),)
