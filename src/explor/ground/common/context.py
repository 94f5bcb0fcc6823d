"""What every template may read."""

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


def menu(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """(label, url, current) of each entry of the menu; nothing outside a hat."""
    hat = getattr(request, "hat", None)
    if hat is None:
        return []
    args = [hat.key] if hat.kind in KEYED else []
    items = [
        (item.label, reverse(item.name, args=args)) for item in slots.filled(f"nav:{hat.kind}")
    ]
    best = max((url for _, url in items if request.path.startswith(url)), key=len, default="")
    return [(label, url, url == best) for label, url in items]
