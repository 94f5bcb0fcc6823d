"""Who may have the files of open data made again."""

from explor.ground.http.actor import Actor


def can_make(actor: Actor) -> bool:
    """Let any network have the files made again: they hold its sheets."""
    return actor.role == "reseau"
