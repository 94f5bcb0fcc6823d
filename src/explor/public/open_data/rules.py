"""Who may request that open data files be written again."""

from explor.ground.http.actor import Actor


def can_make(actor: Actor) -> bool:
    """Return whether `actor` works for a network: its officers may have the files written again."""
    return actor.role == "reseau"
