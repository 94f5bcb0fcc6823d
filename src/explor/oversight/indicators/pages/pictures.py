"""Charts of the public figures: the server computes the positions and lengths of their shapes."""

from typing import Any
from urllib.parse import urlencode

from explor.ground.ui.order import sort_key

from .. import rules
from ..selectors import Reading
from .tables import MONTHS, Table, essentials, tables_of

SOUGHT = ("recherche-pays", "recherche-secteurs")
BARS = ("pays", "secteurs", "odd", "employeurs", "premieres", "competences")
SHOWN = 8  # bars of a chart; the table below it has every row
SHADES = 4
WIDTH, HEIGHT = 120, 40


def charts_of(reading: Reading) -> dict[str, Any]:
    """Return the template context of the page of figures: sentences, numbers, tables and charts."""
    tables = tables_of(reading)
    seeking = [
        {**row, "places": rules.plural(row["seeking"], "place")}
        for row in reading.figures["lists"]["countries"]
        if row["seeking"]
    ]
    name = reading.network.name if reading.network else ""
    return {
        "reading": reading,
        "title": ", ".join(filter(None, ("Chiffres", name, str(reading.year or "")))),
        "heading": rules.heading(year=reading.year, network=name),
        "opening": rules.opening(reading.figures, year=reading.year, network=name),
        "essentials": essentials(reading.figures),
        "tables": tables,
        "bars": {name: _bars(tables[name]) for name in BARS if name in tables},
        "calendar": _calendar(reading),
        "multiples": _multiples(reading) if len(reading.networks) > 1 else [],
        "seeking": sorted(seeking, key=lambda row: (-row["seeking"], sort_key(row["label"]))),
        "sought": [tables[each] for each in SOUGHT if each in tables],
        "query": query_of(reading.year, reading.network.slug if reading.network else ""),
        "less": rules.LESS,
        "hidden": rules.HIDDEN,
        "open": rules.OPEN,
    }


def query_of(year: int | None, network: str) -> str:
    """Return the year and network filters as a query string."""
    return urlencode({k: v for k, v in (("annee", year), ("reseau", network)) if v})


def _bars(table: Table) -> dict[str, Any]:
    """Return the data of a bar chart of the first column of a table that has numbers.

    Keys: `unit`, `parts` (`SHOWN` bars at most), `hiding` (whether a count is hidden), `waiting`
    (whether the year is not settled yet) and `caption`. A count that is not shown has words
    instead of a bar.
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
        "waiting": any(count == rules.OPEN for _, count in counted),
        "hiding": any(isinstance(count, str) for _, count in counted),
        "caption": f"{table.title} : {table.columns[column].lower()}",
    }


def _calendar(reading: Reading) -> list[dict[str, Any]]:
    """Return a dict for each year with departures, latest first, with the shades of its months.

    A month with more departures is darker. Keys: `year`, `query` (of the URL), `text`, `months`.
    """
    years = reading.figures["departures"]
    most = max((count for months in years.values() for count in months), default=0)
    return [
        {
            "year": year,
            "query": query_of(int(year), reading.network.slug if reading.network else ""),
            "text": _months_in_words(year, months),
            "months": [_month(i, n, most) for i, n in enumerate(months)],
        }
        for year, months in reversed(years.items())
    ]


def _months_in_words(year: str, months: list[int]) -> str:
    """Return a year of the calendar as text: « 2026 : 3 départs, mars 1, mai 2 »."""
    counted = [f"{label} {count}" for label, count in zip(MONTHS, months, strict=True) if count]
    return ", ".join([f"{year} : {rules.plural(sum(months), 'départ')}", *counted])


def _month(index: int, count: int, most: int) -> dict[str, Any]:
    shade = -(-SHADES * count // most) if count else 0
    return {"x": 30 * index, "label": MONTHS[index], "count": count, "shade": shade}


def _multiples(reading: Reading) -> list[dict[str, Any]]:
    """Return the data of a small chart of departures for each network, all on the same scale.

    Departures are counted by year, or by month when the page shows one year; [] if there is none.
    Keys: `name`, `accent`, `current`, `query`, `total`, `text`, `path` (SVG), `first` and `last`
    (labels).
    """
    series = [
        _series(network_figures["departures"], reading) for _, network_figures in reading.networks
    ]
    most = max((value for each in series for _, value in each), default=0)
    if not most:
        return []
    return [
        {
            "name": network.name,
            "accent": network.accent,
            "current": reading.network == network,
            "query": query_of(reading.year, network.slug),
            "total": sum(value for _, value in each),
            "text": ", ".join(f"{label} : {value}" for label, value in each if value),
            "path": _columns([value for _, value in each], most),
            "first": each[0][0],
            "last": each[-1][0],
        }
        for (network, _), each in zip(reading.networks, series, strict=True)
    ]


def _series(departures: dict[str, list[int]], reading: Reading) -> list[tuple[str, int]]:
    if reading.year:
        months = departures.get(str(reading.year), [0] * 12)
        return list(zip(MONTHS, months, strict=True))
    every = {year for _, figures in reading.networks for year in figures["departures"]}
    return [(year, sum(departures.get(year, []))) for year in sorted(every)]


def _columns(values: list[int], most: int) -> str:
    """Return an SVG path with a column for each value; the value `most` is `HEIGHT` high."""
    wide = WIDTH / len(values)
    heights = [HEIGHT * value / most for value in values]
    return "".join(
        f"M{(i + 0.1) * wide:.1f} {HEIGHT}v-{high:.1f}h{0.8 * wide:.1f}v{high:.1f}z"
        for i, high in enumerate(heights)
        if high
    )
