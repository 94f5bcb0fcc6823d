"""Records of the checklist: `Task`, the input of `schedule`, and `Step`, its dated output."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Party = Literal["association", "expert", "employeur", "reseau", "partenaire"]
State = Literal["done", "ahead", "to_begin", "late", "at_risk"]


@dataclass(frozen=True, kw_only=True)
class Task:
    """A task of the checklist. Durations are in days, zero or more.

    `lead_days`: how long the task takes once begun. `due_days`: how many days before the departure
    it should be done. `latest_days`: how many days before the departure it must be done at the
    latest (no more than `due_days`). `after`: codes of the tasks to finish before this one begins.
    `required`: the departure cannot be cleared without this task. `dated`: it is done for the days
    of the journey, so it must be done again when they change. `source`: where the durations come
    from, « exemple » when we estimated them.
    """

    code: str
    label: str
    party: Party
    due_days: int
    lead_days: int
    latest_days: int = 0
    after: tuple[str, ...] = ()
    required: bool = True
    dated: bool = False
    source: str = "exemple"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A task with the dates and the state that `schedule` computes.

    `due`: the last day on which the task is on time. `start_by`: the last day to begin the task so
    that it is done on `due`. `at_risk_from`: the first day on which the task, if not done,
    threatens the departure; None when the task is not required. `state`, on the day given to
    `schedule`: done; ahead (before `start_by`); to_begin (from `start_by`); late (after `due`);
    at_risk (from `at_risk_from`).
    """

    code: str
    label: str
    party: Party
    start_by: date
    due: date
    at_risk_from: date | None
    required: bool
    state: State
    source: str
