"""Who may request that open data files be written again."""

from explor.ground.http.actor import Actor


def can_make(actor: Actor) -> bool:
    """Return whether `actor` works for a network, whose sheets are in the files."""
    return actor.role == "reseau"
