"""The smallest changes that would make an excluded or low candidate fit, and the new score."""

from .model import Candidate, Change, Need
from .roster import Roster


def fits_if(roster: Roster, need: Need, candidate: Candidate, i: int) -> tuple[Change, ...]:
    """Nothing yet."""
    return ()
