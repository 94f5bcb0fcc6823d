"""What every template may read."""

from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from . import slots
from .parts import KEYED

PUBLIC = (
    ("/projets/", "Projets"),
    ("/carte/", "Carte"),
    ("/missions/", "Missions"),
    ("/chiffres/", "Chiffres"),
    ("/donnees/", "Données"),
    ("/dispositif/", "Le dispositif"),
)


def bearings(request: HttpRequest) -> dict[str, object]:
    """The menu of the hat worn, and whether this is a demonstration."""
    return {"hat_nav": menu(request), "public_nav": PUBLIC, "demo": settings.EXPLOR_DEMO}


@dataclass(kw_only=True)
class MenuEntry:
    """A link of the menu, or a group of links when it has `items`."""

    label: str
    url: str = ""
    current: bool = False
    items: "list[MenuEntry]" = field(default_factory=list)


def menu(request: HttpRequest) -> list[MenuEntry]:
    """Return the menu of the hat worn, its groups in the order of their first link."""
    hat = getattr(request, "hat", None)
    if hat is None:
        return []
    args = [hat.key] if hat.kind in KEYED else []
    links = [
        (item.group, MenuEntry(label=item.label, url=reverse(item.name, args=args)))
        for item in slots.filled(f"nav:{hat.kind}")
    ]
    here = [entry for _, entry in links if request.path.startswith(entry.url)]
    if here:
        max(here, key=lambda entry: len(entry.url)).current = True
    return _grouped(links)


def _grouped(links: list[tuple[str, MenuEntry]]) -> list[MenuEntry]:
    """Put each link under its group; a link without group stands alone."""
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
