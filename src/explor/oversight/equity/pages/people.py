"""Equity figures about experts, formatted for a page or a CSV file."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.ui.parts import Panel

from ..models import EquityAnswer, EquitySwitch
from ..rules import figures
from ..rules.figures import Group, Table
from ..selectors import Window

WORDS = ("proposées", "acceptées", "sans suite")  # labels of `figures.OUTCOMES`, in that order
EXPORTED = (
    *("critere", "groupe", "du", "au", "personnes"),
    *("proposees", "proposees_bas", "proposees_haut"),
    *("acceptees", "acceptees_bas", "acceptees_haut"),
    *("sans_suite", "sans_suite_bas", "sans_suite_haut"),
)


def displayed(tables: Iterable[tuple[str, Table]]) -> list[dict[str, Any]]:
    """Return a dict for each table of rates: `title`, `rows` and `only`.

    A row is {label, people, cells}, with a cell for each outcome: {count, between, gap, clear}, its
    count, range of rates and gap to everybody in words, and whether this gap is clear. The first
    row is everybody, each other row one group. `only` is the label of the group when the table has
    a single one, else "".
    """
    return [
        {
            "title": title,
            "rows": [_row(table.total, None), *(_row(g, table.total) for g in table.groups)],
            "only": table.groups[0].label if len(table.groups) == 1 else "",
        }
        for title, table in tables
    ]


def clear_gaps(tables: Iterable[tuple[str, Table]]) -> list[str]:
    """Return a French sentence for each group whose rate clearly differs from that of everybody.

    There is one sentence per outcome; see `figures.gap`. The group that merges the small ones is
    left out.
    """
    return [
        f"{group.label} : {word} {cell['gap']}."
        for _, table in tables
        for group in table.groups
        if group.label != figures.OTHERS
        for outcome, word in enumerate(WORDS)
        if (cell := _cell(group, table.total, outcome))["clear"]
    ]


def _row(group: Group, total: Group | None) -> dict[str, Any]:
    return {
        "label": group.label,
        "people": group.people,
        "cells": [_cell(group, total, outcome) for outcome in range(len(group.counts))],
    }


def _cell(group: Group, total: Group | None, outcome: int) -> dict[str, Any]:
    low, high = figures.bounds(group.counts[outcome], group.people)
    gap = figures.gap(group, total, outcome) if total else ""
    clear = gap in (figures.MORE, figures.LESS)
    by = figures.distance(group, total, outcome) if total and clear else 0
    side = "plus" if gap == figures.MORE else "moins"
    return {
        "count": f"{group.counts[outcome]} sur {group.people}",
        "between": f"entre {low} et {high} sur 100",
        "gap": f"{gap} que l’ensemble, {by} de {side} sur 100" if clear else gap,
        "clear": clear,
    }


def rows_to_export(
    tables: Iterable[tuple[str, Table]], period: Window
) -> Iterable[list[str | int]]:
    """Yield CSV rows: for each table, its total, then each of its groups.

    The columns are `EXPORTED` for tables about experts, `RATES` for tables about needs.
    """
    for title, table in tables:
        for group in (table.total, *table.groups):
            line: list[str | int] = [title, group.label, str(period.start), str(period.last)]
            line.append(group.people)
            for count in group.counts:
                line += [count, *figures.bounds(count, group.people)]
            yield line


def for_expert(request: Request) -> Panel | None:
    """Return an expert's panel: the networks that ask their gender and age class; else None."""
    actor: Actor = request.actor
    asking = EquitySwitch.objects.visible_to(actor).select_related("network").order_by("pk")
    answered = set(EquityAnswer.objects.visible_to(actor).values_list("switch", flat=True))
    lines = [
        {
            "network": switch.network,
            "url": reverse("equity:expert_question", args=[switch.network.slug]),
            "answered": switch.pk in answered,
        }
        for switch in asking
    ]
    if not lines:
        return None
    return Panel(
        title="Question facultative", template="equity/_panel_expert.html", context={"lines": lines}
    )
