"""Pictures of the figures: places and lengths only, for drawings made on the server."""

from typing import Any
from urllib.parse import urlencode

from .. import rules
from .reading import Reading
from .tables import MONTHS, Table, essentials, tables_of

SOUGHT = ("recherche-pays", "recherche-secteurs")
BARS = ("pays", "secteurs", "odd", "employeurs", "premieres", "competences")
SHOWN = 8  # bars of a picture; the table beneath holds them all
SHADES = 4
HEIGHT = 40


def drawn(found: Reading) -> dict[str, Any]:
    """All that the page shows."""
    tables = tables_of(found)
    seeking = [row for row in found.figures["lists"]["countries"] if row["seeking"]]
    name = found.network.name if found.network else ""
    return {
        "found": found,
        "opening": rules.opening(found.figures, year=found.year, network=name),
        "essentials": essentials(found.figures),
        "tables": tables,
        "bars": {name: _bars(tables[name]) for name in BARS if name in tables},
        "calendar": _calendar(found),
        "multiples": _multiples(found) if len(found.networks) > 1 else [],
        "seeking": sorted(seeking, key=lambda row: (-row["seeking"], row["label"])),
        "sought": [tables[each] for each in SOUGHT if each in tables],
        "query": asked(found.year, found.network.slug if found.network else ""),
        "less": rules.LESS,
        "hidden": rules.HIDDEN,
    }


def asked(year: int | None, network: str) -> str:
    """The filters as they stand in a URL."""
    return urlencode({k: v for k, v in (("annee", year), ("reseau", network)) if v})


def _bars(table: Table) -> dict[str, Any]:
    """The first rows of the first column that counts something, as bars on one scale.

    A hidden count has its words and no bar.
    """
    columns = range(1, len(table.columns))
    column = next((i for i in columns if any(row[i] for row in table.rows)), 1)
    counted = [(row[0], row[column]) for row in table.rows if row[column]][:SHOWN]
    lengths = [count if isinstance(count, int) else 0 for _, count in counted]
    most = max(lengths, default=0) or 1
    parts = [
        {"label": label, "value": length, "max": most, "points": count}
        for (label, count), length in zip(counted, lengths, strict=True)
    ]
    return {
        "unit": table.columns[column],
        "parts": parts,
        "hiding": any(isinstance(count, str) for _, count in counted),
        "caption": f"{table.title} : {table.columns[column].lower()}",
    }


def _calendar(found: Reading) -> list[dict[str, Any]]:
    """A line of twelve months for each year: the darker, the more departures."""
    years = found.figures["departures"]
    most = max((count for months in years.values() for count in months), default=0)
    return [
        {
            "year": year,
            "query": asked(int(year), found.network.slug if found.network else ""),
            "total": sum(months),
            "months": [_month(i, n, most) for i, n in enumerate(months)],
        }
        for year, months in reversed(years.items())
    ]


def _month(index: int, count: int, most: int) -> dict[str, Any]:
    shade = -(-SHADES * count // most) if count else 0
    return {"x": 30 * index, "label": MONTHS[index], "count": count, "shade": shade}


def _multiples(found: Reading) -> list[dict[str, Any]]:
    """The departures of each network on one scale: by year, or by month of the year asked."""
    series = [_series(told["departures"], found) for _, told in found.networks]
    most = max((value for each in series for _, value in each), default=0)
    if not most:
        return []
    return [
        {
            "name": network.name,
            "accent": network.accent,
            "current": found.network == network,
            "query": asked(found.year, network.slug),
            "total": sum(value for _, value in each),
            "text": ", ".join(f"{label} : {value}" for label, value in each if value),
            "columns": [_column(i, len(each), value, most) for i, (_, value) in enumerate(each)],
            "first": each[0][0],
            "last": each[-1][0],
        }
        for (network, _), each in zip(found.networks, series, strict=True)
    ]


def _series(departures: dict[str, list[int]], found: Reading) -> list[tuple[str, int]]:
    if found.year:
        months = departures.get(str(found.year), [0] * 12)
        return list(zip(MONTHS, months, strict=True))
    every = {year for _, told in found.networks for year in told["departures"]}
    return [(year, sum(departures.get(year, []))) for year in sorted(every)]


def _column(index: int, columns: int, value: int, most: int) -> dict[str, float]:
    wide = 120 / columns
    height = HEIGHT * value / most
    return {
        "x": round(index * wide + wide * 0.1, 1),
        "y": round(HEIGHT - height, 1),
        "width": round(wide * 0.8, 1),
        "height": round(height, 1),
    }
