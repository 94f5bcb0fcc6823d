"""What capabilities put in the shared pages: a menu entry, a line to do, a step, a panel."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from . import slots
from .actor import Actor
from .request import Request

slots.offer("road", "callable(need) -> list[Step]: the steps of a file, in order")

KEYED = ("association", "employeur", "reseau", "comite", "financeur")
HATS = (*KEYED, "expert", "partenaire", "coordination", "administration")
for hat in HATS:
    slots.offer(f"nav:{hat}", "NavItem: entries of the menu of this hat")
    slots.offer(f"home:{hat}", "callable(request) -> Panel | None: panels of the home of this hat")
    slots.offer(f"todo:{hat}", "callable(actor) -> list[Waiting]: what waits for this hat")
    slots.offer(f"panel:need:{hat}", "callable(request, need) -> Panel | None")
    slots.offer(f"panel:mission:{hat}", "callable(request, mission) -> Panel | None")


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """An entry of a hat's menu; `name` is the name of its URL, `group` the word it stands under."""

    label: str
    name: str
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something that waits for the reader: what, where, until when, and why them."""

    title: str
    url: str
    why: str
    until: date | None = None
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
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


def road_of(need: Any) -> list[Step]:
    """The whole road of a need, from its description to the published sheet."""
    return [step for steps in slots.filled("road") for step in steps(need)]


def todo_of(actor: Actor) -> list[Waiting]:
    """All that waits for this hat, the nearest date first, undated last."""
    lines = [line for lines in slots.filled(f"todo:{actor.hat}") for line in lines(actor)]
    return sorted(lines, key=lambda line: (not line.urgent, line.until or date.max, line.title))


def panels_of(request: Request, kind: str, subject: Any) -> list[Panel]:
    """The panels that other capabilities put on the page of `subject` under this hat."""
    draws = slots.filled(f"panel:{kind}:{request.actor.hat}")
    return [panel for draw in draws if (panel := draw(request, subject)) is not None]
