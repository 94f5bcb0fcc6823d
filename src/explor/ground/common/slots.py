"""Named slots: a lower capability offers one, an upper one fills it from `apps.ready()`.

This is how the past shows the future without knowing it: panels of a page, steps of a road, lines
of a to-do list, entries of a menu, jobs that react to a journaled verb.
"""

from collections import defaultdict
from typing import Any

_offered: dict[str, str] = {}
_filled: defaultdict[str, list[tuple[int, Any]]] = defaultdict(list)


def offer(slot: str, purpose: str) -> None:
    """Declare a slot and say what it is for; a filled slot nobody offers is a start-up error."""
    _offered[slot] = purpose


def fill(slot: str, item: Any, *, order: int = 50) -> None:
    """Put `item` in the slot; items come back by rising `order`, then as they arrived."""
    if all(item is not present for _, present in _filled[slot]):
        _filled[slot].append((order, item))


def filled(slot: str) -> list[Any]:
    """What was put in the slot."""
    return [item for _, item in sorted(_filled.get(slot, []), key=lambda pair: pair[0])]


def orphans() -> list[str]:
    """Slots that were filled and that nobody offers."""
    return sorted(set(_filled) - set(_offered))
