"""Contents of the pages that the law requires: legal notice and accessibility declaration."""

from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings

from explor.ground.ui import accessibility
from explor.ground.ui.legal_notice import SETTINGS, value_of


def facts() -> list[tuple[str, str]]:
    """Return the (label, value) pairs of the legal notice."""
    return [(label, value_of(name)) for name, label in SETTINGS.items()]


def declaration() -> dict[str, Any]:
    """Return the template context of the accessibility declaration.

    `grid` holds the criteria, of which `by_hand` are met by an examination by hand only; `results`
    counts them by state, and `topics` are pairs of a topic and its results.
    """
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
