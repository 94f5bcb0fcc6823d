"""Computation of the dates of the tasks of a checklist, backwards from the departure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter

from .model import State, Step, Task

Days = Mapping[str, int]


def schedule(
    departure: date,
    tasks: Sequence[Task],
    today: date,
    *,
    done: Collection[str] = (),
    begun: Collection[str] = (),
) -> list[Step]:
    """Return one `Step` per task, dated backwards from `departure`, by `start_by` then `due`.

    A task is due `due_days` before the departure, or sooner when a task that depends on it must
    begin sooner. A date may be past. `done` and `begun` hold codes of tasks; a task in `begun` is
    at risk only after its due date. Raises ValueError for a code used twice, inconsistent
    durations, unknown or circular dependencies, a required task that depends on an optional one.
    """
    order = _last_first(tasks)
    due = _ready(order, lambda task: task.due_days)
    limit = _ready(order, lambda task: task.latest_days)
    planned = []
    for task in tasks:
        ready = departure - timedelta(days=due[task.code])
        risk = departure - timedelta(days=limit[task.code] + task.lead_days)
        if task.code in begun:
            risk = ready + timedelta(days=1)
        start = ready - timedelta(days=task.lead_days)
        risk_from = risk if task.required else None
        planned.append(
            Step(
                code=task.code,
                label=task.label,
                party=task.party,
                start_by=start,
                due=ready,
                at_risk_from=risk_from,
                required=task.required,
                state="done" if task.code in done else _state(start, ready, risk_from, today),
                source=task.source,
            )
        )
    return sorted(planned, key=lambda step: (step.start_by, step.due))


def _state(start: date, due: date, risk: date | None, today: date) -> State:
    if risk is not None and today >= risk:
        return "at_risk"
    if today > due:
        return "late"
    return "to_begin" if today >= start else "ahead"


def _ready(order: Sequence[Task], wanted: Callable[[Task], int]) -> Days:
    """Return {task code: days before the departure at which the task must be finished}.

    The number is `wanted(task)`, or more when a task that depends on it must begin sooner. `order`
    is the result of `_last_first`.
    """
    days: dict[str, int] = {}
    waited: dict[str, int] = {}
    for task in order:
        days[task.code] = max(wanted(task), waited.get(task.code, 0))
        for code in task.after:
            waited[code] = max(waited.get(code, 0), days[task.code] + task.lead_days)
    return days


def _last_first(tasks: Sequence[Task]) -> list[Task]:
    """Return the tasks in an order where each comes before those it depends on; check the list.

    Raises ValueError when the list is inconsistent.
    """
    named = {task.code: task for task in tasks}
    if faults := [*_faults(tasks, named)]:
        raise ValueError("; ".join(faults))
    try:
        order = list(TopologicalSorter({t.code: t.after for t in tasks}).static_order())
    except CycleError as error:
        raise ValueError(f"these wait for one another: {' > '.join(error.args[1])}") from error
    return [named[code] for code in reversed(order)]


def _faults(tasks: Sequence[Task], named: Mapping[str, Task]) -> list[str]:
    faults = [] if len(named) == len(tasks) else ["a code is used twice"]
    for task in tasks:
        if min(task.lead_days, task.latest_days) < 0 or task.latest_days > task.due_days:
            faults.append(f"{task.code}: 0 <= lead_days, 0 <= latest_days <= due_days")
        for code in task.after:
            if code not in named:
                faults.append(f"{task.code} waits for {code}, which is not in the list")
            elif task.required and not named[code].required:
                faults.append(f"{task.code} is required and waits for {code}, which is not")
    return faults
