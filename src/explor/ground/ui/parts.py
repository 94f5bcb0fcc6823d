"""The elements that packages add to shared pages by hooks: menu entries, tasks, steps, panels."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.ui import hooks
from explor.ground.ui.order import sort_key

hooks.define(
    "progress", "callable(need, seat) -> list[ProgressStep]: some steps of a need, in order"
)


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """An entry in the menu of a role: `name` is a URL name, `group` the heading above the entry."""

    label: str
    name: str
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Task:
    """A task shown on a home page: the thing to do, its URL, its deadline and its reason."""

    title: str
    url: str
    why: str
    until: date | None = None
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class ProgressStep:
    """A step of the progress of a need: its state, who acts in this step, and its date."""

    label: str
    state: Literal["done", "present", "next", "skipped"]
    who: str = ""
    when: date | datetime | None = None
    note: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A section that one package adds to a page of another: title, template and context."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


def progress_of(need: Any, seat: int | None = None) -> list[ProgressStep]:
    """Return the steps of the progress of a need, from its description to the published sheet.

    Args:
        seat: the primary key of a proposal, to show the steps of this proposal only: its parties
            must not learn about other experts of the need. None for all proposals.
    """
    return [step for steps in hooks.get("progress") for step in steps(need, seat)]


def tasks_of(actor: Actor) -> list[Task]:
    """Return the tasks of `actor`: urgent ones first, then by date, undated ones last."""
    tasks = [task for tasks in hooks.get(f"tasks:{actor.role}") for task in tasks(actor)]
    return sorted(tasks, key=lambda t: (not t.urgent, t.until or date.max, sort_key(t.title)))


def panels_of(request: Request, kind: str, subject: Any) -> list[Panel]:
    """Return the panels of other capabilities for the page of `subject`, in the current role.

    Args:
        kind: the kind of page, such as "need", "mission" or "project".
    """
    draws = hooks.get(f"panel:{kind}:{request.actor.role}")
    return [panel for draw in draws if (panel := draw(request, subject)) is not None]
