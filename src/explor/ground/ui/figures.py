"""Coordinates, lengths and texts computed for the components that templates render as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

# Size of the progress SVG, which the browser stretches to the width of the page.
WIDTH, HEIGHT, RISE = 1000, 100, 86


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A step on the progress arc; `x` and `y` are in the units of the SVG."""

    x: float
    y: float
    state: str


@dataclass(frozen=True, kw_only=True)
class Arc:
    """The progress of a need drawn as an arc, with one dot per step.

    `past` is the SVG path from the first dot to the last step reached, `ahead` the remaining path.
    """

    dots: list[Dot]
    past: str
    ahead: str


def arc(states: Sequence[str]) -> Arc:
    """Return the drawing of a progress: an arc with evenly spaced dots, one for each step.

    Args:
        states: the state of each step: "done", "present" or another for a step not reached.
    """
    count = len(states)
    moments = [(index + 0.5) / count for index in range(count)]
    dots = [
        Dot(x=round(WIDTH * t, 1), y=_height(t), state=state)
        for t, state in zip(moments, states, strict=True)
    ]
    reached = [i for i, state in enumerate(states) if state in ("done", "present")]
    here = moments[reached[-1]] if reached else moments[0]
    return Arc(dots=dots, past=_piece(moments[0], here), ahead=_piece(here, moments[-1]))


def _height(t: float) -> float:
    return round(HEIGHT - RISE * 4 * t * (1 - t), 1)


def _piece(start: float, end: float) -> str:
    """Return the SVG path of a piece of the arc, given as two fractions (0 to 1) of its width."""
    # The Bézier control point of the piece: the blossom (polar form) of the curve at its two ends.
    bend = HEIGHT - RISE * 2 * (start + end - 2 * start * end)
    middle = WIDTH * (start + end) / 2
    return (
        f"M{WIDTH * start:.1f} {_height(start)}"
        f"Q{middle:.1f} {bend:.1f} {WIDTH * end:.1f} {_height(end)}"
    )


def bars(parts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the parts of a score with the lengths of two bars: `room` (maximum), `got` (score).

    Lengths are percentages of the greatest maximum of all parts, so that bars are comparable.

    Args:
        parts: dictionaries with `value` and `max`, 1 by default.
    """
    most = max((_most(part) for part in parts), default=0) or 1
    return [
        {**part, "room": round(100 * _most(part) / most, 1), "got": _share(part, most)}
        for part in parts
    ]


def _most(part: dict[str, Any]) -> float:
    return float(part.get("max", 1))


def _share(part: dict[str, Any], most: float) -> float:
    return round(100 * min(max(float(part["value"]), 0), _most(part)) / most, 1)


def delay(until: date | datetime | None) -> str:
    """Return in French the time left until a day, or how late it is: « dans 3 jours », « demain ».

    The result is "" when more than a week is left, and without a date.
    """
    if until is None:
        return ""
    day = timezone.localtime(until).date() if isinstance(until, datetime) else until
    days = (day - timezone.localdate()).days
    if days < 0:
        return f"en retard de {-days} jour{'s' if days < -1 else ''}"
    near = {0: "aujourd’hui", 1: "demain"}
    return near.get(days, f"dans {days} jours" if days <= 7 else "")


def initials(name: str) -> str:
    """Return the initials of a name, from its first and last words."""
    words = [word for word in name.split() if word[:1].isalnum()]
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0] for word in ends).upper()


def segments(parts: Sequence[tuple[str, float]], total: float) -> list[tuple[str, str]]:
    """Return the segments of a stacked bar, 100 units wide, as (colour class, SVG path) pairs.

    Args:
        parts: the (colour class, value) pairs to draw.
        total: the value of the full width.
    """
    drawn, x = [], 0.0
    for ink, value in parts:
        width = 100 * max(value, 0) / (total or 1)
        if width > 0:
            shown = max(width - 0.6, 0.4)  # a thin gap between two parts
            drawn.append((ink, f"M{x:.4g} 0h{shown:.4g}v8h-{shown:.4g}z"))
        x += width
    return drawn


def charts(series: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the items of `series`, each with a bar chart; all charts have the same scale.

    Each item has `title` and `values`, and optionally `accent`, `goal` and `text`. The chart is
    added as two SVG paths: `bars`, and `line` at the height of the goal, "" if the item has no
    goal.
    """
    values = [value for each in series for value in (*each["values"], each.get("goal") or 0)]
    most = max(values, default=0) or 1
    return [{**each, **_chart(each, most)} for each in series]


def _chart(item: dict[str, Any], most: float) -> dict[str, str]:
    step = 200 / max(len(item["values"]), 1)
    bars = "".join(
        f"M{i * step + 2:.4g} 60v-{56 * value / most:.4g}h{step - 4:.4g}v{56 * value / most:.4g}z"
        for i, value in enumerate(item["values"])
    )
    goal = item.get("goal")
    return {"bars": bars, "line": f"M0 {60 - 56 * goal / most:.4g}h200" if goal else ""}
