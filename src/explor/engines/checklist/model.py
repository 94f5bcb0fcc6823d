"""Records that the planning reads and returns: frozen, without behaviour."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Party = Literal["association", "expert", "employeur", "reseau", "partenaire"]
State = Literal["done", "ahead", "to_begin", "late", "at_risk"]


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to have ready. Durations are in days, zero or more.

    `lead_days`: how long it takes once begun. `due_days`: how many days before the departure it
    should be ready; `latest_days`: how many before it still may be (no more than `due_days`).
    `after`: codes of the tasks that must be ready before this one begins. `required`: without it
    there is no clearance. `source`: where the durations come from, « exemple » when from us.
    """

    code: str
    label: str
    party: Party
    due_days: int
    lead_days: int
    latest_days: int = 0
    after: tuple[str, ...] = ()
    required: bool = True
    source: str = "exemple"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A task with its dates, each of which is still in time.

    `due`: the day it should be ready. `start_by`: the last day to begin it without haste.
    `at_risk_from`: from that day, if not done, it threatens the departure (None: it never does).
    `state` on the given day: done; ahead (nothing to do yet); to_begin (`start_by` has come);
    late (`due` is past); at_risk (`at_risk_from` has come).
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
