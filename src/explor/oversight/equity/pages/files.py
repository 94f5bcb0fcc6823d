"""Equity figures about needs, formatted for a page or a CSV file."""

from collections.abc import Iterable
from typing import Any

from ..rules import figures
from ..rules.figures import Table
from ..selectors import Window, spreads_of, stays_in
from .people import displayed

WORDS = ("recevables", "retenus")
RATES = (
    *("critere", "groupe", "du", "au", "dossiers"),
    *("recevables", "recevables_bas", "recevables_haut"),
    *("retenus", "retenus_bas", "retenus_haut"),
)
SPREADS = ("reseau", "dossiers", "ecart_type_median", "dossiers_en_desaccord", "remarque")
STAYS = ("reseau", "dossier", "etat", "passages", "mediane_jours", "neuf_sur_dix_jours", "remarque")


def with_bars(tables: Iterable[tuple[str, Table]]) -> list[dict[str, Any]]:
    """Return the dicts of `displayed` with `bars`, the rate of selected needs of each group."""
    tables = list(tables)
    return [
        {**shown, "bars": [_bar(group) for group in (table.total, *table.groups)]}
        for shown, (_, table) in zip(displayed(tables), tables, strict=True)
    ]


def _bar(group: figures.Group) -> dict[str, Any]:
    kept, people = group.counts[1], group.people
    note = f"{kept} sur {people} dossier{'s' if people > 1 else ''}"
    points = f"{round(100 * group.rate(1))} %"
    return {"label": group.label, "value": group.rate(1), "max": 1, "points": points, "note": note}


def spreads_to_export(period: Window) -> list[list[object]]:
    """Return CSV rows on how far reviewers differ: one for all networks, then one for each network.

    The columns are `SPREADS`.
    """
    keys = ("label", "files", "deviation", "wide", "hidden")
    return [[each.get(key, "") for key in keys] for each in spreads_of(period)]


def stays_to_export(period: Window) -> list[list[object]]:
    """Return CSV rows on the days spent in each state: for all networks, then for each network.

    The columns are `STAYS`.
    """
    keys = ("network", "kind", "state", "count", "median", "ninetieth", "hidden")
    return [[each.get(key, "") for key in keys] for each in stays_in(period)]


def slowest(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the bars of a chart of the days spent in each state, all networks together.

    `lines` are those of `stays_in`. A bar is the median, on a scale that ends at the ninetieth
    percentile; the bar with the longest scale comes first.
    """
    own = [each for each in lines if each["network"] == figures.ALL and not each["hidden"]]
    return [
        {
            "label": f"{each['kind']} : {each['state']}",
            "value": each["median"],
            "max": max(each["ninetieth"], 0.1),
            "points": f"{each['median']} j".replace(".", ","),
            "note": f"neuf sur dix en {each['ninetieth']} jours".replace(".", ","),
        }
        for each in sorted(own, key=lambda each: -each["ninetieth"])
    ]
