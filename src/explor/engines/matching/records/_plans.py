"""Frozen records of a plan: placements, reserves, empty seats, profiles to recruit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Placement:
    """An expert sent to a need, from the first to the last day, both included."""

    need: str
    expert: str
    start: date
    end: date
    score: float


@dataclass(frozen=True, kw_only=True)
class Reserve:
    """The reserve experts of a need, best first, with dates on which they are free in the plan."""

    need: str
    experts: tuple[str, ...]
    places: tuple[Placement, ...]


@dataclass(frozen=True, kw_only=True)
class Unfilled:
    """The empty seats of a need, and the French reasons why they are empty."""

    need: str
    missing: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A profile to recruit: `value` is how many more seats such people would fill.

    `gain` is the increase of the total score; `text` is a French sentence; `confirmed` is whether
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
    """The plan of a season: which expert goes to which need and when, and its proof.

    `objective` is the sum of the scores of the people not pinned; no plan that fills as much can
    exceed `bound`; `status` is "optimal" or "non prouvé"; `digest` identifies the input.
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
