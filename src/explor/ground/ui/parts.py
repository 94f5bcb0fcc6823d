"""What capabilities put in the shared pages: a menu entry, a line to do, a step, a panel."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.ui import hooks

hooks.define("progress", "callable(need) -> list[ProgressStep]: the steps of a file, in order")


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """An entry of a role's menu: `name` is the name of its URL, `group` the heading above it."""

    label: str
    name: str
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something that waits for the reader: what, where, until when, and why them."""

    title: str
    url: str
    why: str
    until: date | None = None
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class ProgressStep:
    """A step of a road: done, present, next, or skipped when the road took another way."""

    label: str
    state: Literal["done", "present", "next", "skipped"]
    who: str = ""
    when: date | datetime | None = None
    note: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A part of a page, drawn by the capability that knows it."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


def progress_of(need: Any) -> list[ProgressStep]:
    """The whole road of a need, from its description to the published sheet."""
    return [step for steps in hooks.get("progress") for step in steps(need)]


def tasks_of(actor: Actor) -> list[Task]:
    """All that waits for this role, the nearest date first, undated last."""
    lines = [line for lines in hooks.get(f"tasks:{actor.role}") for line in lines(actor)]
    return sorted(lines, key=lambda line: (not line.urgent, line.until or date.max, line.title))


def panels_of(request: Request, kind: str, subject: Any) -> list[Panel]:
    """The panels that other capabilities put on the page of `subject` under this role."""
    draws = hooks.get(f"panel:{kind}:{request.actor.role}")
    return [panel for draw in draws if (panel := draw(request, subject)) is not None]
