"""Context processor that adds the menus, and whether this installation is a demonstration."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from explor.ground.http.actor import Role
from explor.ground.ui import hooks

from .registry import role_types


def navigation(request: HttpRequest) -> dict[str, object]:
    """Return the template variables `navigation` (menu of the role), `public_nav` and `demo`.

    `public_nav` holds (URL, label) pairs; `demo` is whether the installation is a demonstration.
    """
    return {
        "navigation": menu(request),
        "public_nav": [(reverse(item.name), item.label) for item in hooks.get("nav:public")],
        "demo": settings.EXPLOR_DEMO,
    }


@dataclass(kw_only=True)
class MenuEntry:
    """A link of the menu, or a group of links when `items` is not empty."""

    label: str
    url: str = ""
    current: bool = False
    items: "list[MenuEntry]" = field(default_factory=list)


def menu(request: HttpRequest) -> list[MenuEntry]:
    """Return the menu of the current role, [] on a page without a role."""
    role = getattr(request, "role", None)
    return [] if role is None else menu_of(role, request.path)


def menu_of(role: Role, path: str = "") -> list[MenuEntry]:
    """Return the menu of a role, with groups in the order of their first link.

    Args:
        path: the path of the current page, whose link is marked as current.
    """
    args = [role.key] if role_types()[role.kind].keyed else []
    links = [
        (item.group, MenuEntry(label=item.label, url=reverse(item.name, args=args)))
        for item in hooks.get(f"nav:{role.kind}")
    ]
    matching = [entry for _, entry in links if path.startswith(entry.url)]
    if matching:
        max(matching, key=lambda entry: len(entry.url)).current = True
    return _grouped(links)


def _grouped(links: list[tuple[str, MenuEntry]]) -> list[MenuEntry]:
    """Group (group name, link) pairs into a menu: one entry per group, and other links."""
    entries: list[MenuEntry] = []
    groups: dict[str, MenuEntry] = {}
    for group, entry in links:
        if not group:
            entries.append(entry)
            continue
        if group not in groups:
            groups[group] = MenuEntry(label=group)
            entries.append(groups[group])
        groups[group].items.append(entry)
        groups[group].current |= entry.current
    return entries
