"""Who may have the files of open data made again."""

from explor.ground.http.actor import Actor


def can_make(actor: Actor) -> bool:
    """Return whether `actor` is a network: the files hold its sheets."""
    return actor.role == "reseau"
