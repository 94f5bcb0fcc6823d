"""Frozen records of a plan: placements, reserves, empty seats, profiles to recruit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Placement:
    """An expert sent to a need (ids), from the day `start` to the day `end`, both included."""

    need: str
    expert: str
    start: date
    end: date
    score: float


@dataclass(frozen=True, kw_only=True)
class Reserve:
    """The reserve experts of a need (ids), best first.

    `places` gives, for each of them, dates on which the person is free in the plan.
    """

    need: str
    experts: tuple[str, ...]
    places: tuple[Placement, ...]


@dataclass(frozen=True, kw_only=True)
class Unfilled:
    """A need with `missing` empty seats, and the reasons, in French, why they are empty."""

    need: str
    missing: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A profile to recruit, named by `expertise` in French.

    `value` is how many more seats such people would fill, in the needs `needs` (ids); `gain` is the
    increase of the total score with one mission; `text` is a French sentence; `confirmed` is
    whether the season was solved again with such a person.
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

    `objective` is the sum of the scores of the people not pinned; no plan that fills as many needs
    and seats can exceed `bound`; `gap` is their difference divided by `bound`; `status` is
    "optimal" or "non prouvé". `kept` is the number of pairs of the previous plan; `digest`
    identifies the input; `seconds` is the time of the computation.
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
