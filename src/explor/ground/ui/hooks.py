"""Named hooks: a lower package defines one, an upper package registers items in `apps.ready()`.

A page of a lower package thus shows items of upper packages without importing them: panels of a
page, steps of a progress bar, tasks of a home, entries of a menu, jobs that react to a verb. A name
that ends with `*` defines a family: `nav:*` allows `nav:reseau`.
"""

from collections import defaultdict
from fnmatch import fnmatchcase
from typing import Any

_defined: dict[str, str] = {}
_registered: defaultdict[str, list[tuple[int, Any]]] = defaultdict(list)


def define(name: str, purpose: str) -> None:
    """Declare the hook `name`; `purpose` describes the items registered with it."""
    _defined[name] = purpose


def register(name: str, item: Any, *, order: int = 50) -> None:
    """Add `item` to the hook `name`, unless it is already there.

    Items are sorted by `order`, then by registration.
    """
    if all(item is not present for _, present in _registered[name]):
        _registered[name].append((order, item))


def get(name: str) -> list[Any]:
    """Return the items registered with the hook `name`, in order."""
    return [item for _, item in sorted(_registered.get(name, []), key=lambda pair: pair[0])]


def undefined() -> list[str]:
    """Return the names of the hooks that have items but that no package defined."""
    return sorted(
        name for name in _registered if not any(fnmatchcase(name, defined) for defined in _defined)
    )
