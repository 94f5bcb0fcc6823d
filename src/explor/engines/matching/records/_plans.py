"""Plans, as frozen records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Placement:
    """One expert sent to one need for one run of days (both included)."""

    need: str
    expert: str
    start: date
    end: date
    score: float


@dataclass(frozen=True, kw_only=True)
class Reserve:
    """The experts who could replace, best first, with dates that are free beside the plan."""

    need: str
    experts: tuple[str, ...]
    places: tuple[Placement, ...]


@dataclass(frozen=True, kw_only=True)
class Unfilled:
    """Seats left empty and the rules or the competition that explain them."""

    need: str
    missing: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A profile to recruit: `value` is how many more seats such people would fill.

    `gain` is what the total score would gain; `text` says it in French; `confirmed` tells that
    the season was solved again with such a person.
    """

    expertise: str
    value: int
    gain: float
    needs: tuple[str, ...]
    text: str
    confirmed: bool = True


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The plan of a season: who goes where and when, and what is proven about it.

    `objective` is the sum of the scores of the people not pinned; `bound` what no plan that
    fills as much can exceed; `status` "optimal" or "non prouvé". `digest` names the input.
    """

    status: str
    objective: float
    bound: float
    gap: float
    seed: int
    assignments: tuple[Placement, ...]
    reserves: tuple[Reserve, ...]
    unfilled: tuple[Unfilled, ...]
    wanted: tuple[Wanted, ...] = ()
    fairness: Mapping[str, object] = field(default_factory=dict)
    kept: int = 0
    digest: str = ""
    seconds: float = 0.0
