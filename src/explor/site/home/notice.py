"""What the law asks a public site to say of itself: its legal notice, and its accessibility."""

from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings

from explor.ground.ui import accessibility

SETTINGS = {
    "EXPLOR_PUBLISHER": "Éditeur",
    "EXPLOR_PUBLISHER_ADDRESS": "Adresse de l’éditeur",
    "EXPLOR_DIRECTOR": "Direction de la publication",
    "EXPLOR_HOSTING": "Hébergeur",
    "EXPLOR_CONTACT": "Contact",
}


def value_of(name: str) -> str:
    """Return a setting of the legal notice, empty when the installation did not give it."""
    value = str(getattr(settings, name)).strip()
    return "" if value == settings.EXAMPLE_PUBLISHER else value


def missing() -> list[str]:
    """Return the settings of the legal notice that the installation did not give."""
    return [name for name in SETTINGS if not value_of(name)]


def facts() -> list[tuple[str, str]]:
    """Return the lines of the legal notice, as (label, value)."""
    return [(label, value_of(name)) for name, label in SETTINGS.items()]


def declaration() -> dict[str, Any]:
    """Return what the page of the declaration of accessibility shows."""
    grid = accessibility.criteria()
    topics = [
        (topic, accessibility.results(tuple(rows)))
        for topic, rows in groupby(grid, key=lambda each: each.topic)
    ]
    return {
        "results": accessibility.results(),
        "by_hand": sum(1 for each in grid if each.read_by_hand),
        "grid": grid,
        "topics": topics,
        "columns": ("Critère", "État", "Preuve", "Note"),
        "topic_columns": ("Thème", "Applicables", "Respectés", "Non vérifiés"),
        "examined_on": date.fromisoformat(accessibility.EXAMINED_ON),
        "publisher": value_of("EXPLOR_PUBLISHER"),
        "contact": value_of("EXPLOR_CONTACT"),
        "plan": settings.EXPLOR_ACCESSIBILITY_PLAN,
        "site": settings.EXPLOR_URL,
    }
