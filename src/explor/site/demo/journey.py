"""The life of the season's missions, spread over every state."""

from .actors import Cast
from .chance import Chance


def live(chance: Chance, cast: Cast) -> None:
    """Calls, needs, decisions, introductions, releases, missions, reports."""
