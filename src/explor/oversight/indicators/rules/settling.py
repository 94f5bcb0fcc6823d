"""Settle the counts about people once and for all, so that two exports never differ by few people.

Counts of missions are public acts and follow each change. Counts about people do not: a year is
counted once, some weeks after its end, and never again; people who await a mission are counted once
a quarter and rounded down to a multiple of `K`. So the difference between two exports is either
nothing, or whole years each protected as a table of their own (`protect`), or a multiple of `K`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from .privacy import Cell, K, mark, protect

BANDS = {
    "none": "Sans employeur inscrit",
    "small": "Entreprise ou association de moins de 250 personnes",
    "large": "Entreprise ou association de 250 personnes ou plus",
    "private": "Entreprise ou association, effectif non précisé",
    "public": "Employeur public",
}
RECORD = {"first": "Une première mission", "again": "Une nouvelle mission"}
GROUPS = {"record": RECORD, "bands": BANDS}
OPEN = "pas encore arrêté"
DELAY = timedelta(days=31)  # after the end of a year, so that late missions are recorded
ALL = ""  # the key of all networks; JSON has no other keys than texts

# What is kept of a year: table, then network, then the code of a cell.
Settled = dict[str, dict[str, dict[str, Any]]]
# What is kept of a quarter: network, then skill family, the people rounded down.
Stock = dict[str, dict[str, int]]


def band_of(*, employed: bool, public: bool, headcount: int | None) -> str:
    """Return the key of `BANDS` that groups an employer of this kind and size.

    There are few bands, because a count of fewer than five is hidden for privacy.
    """
    if not employed:
        return "none"
    if public:
        return "public"
    if headcount is None:
        return "private"
    return "small" if headcount < 250 else "large"


def key_of(network: int | None) -> str:
    """Return the key of a network in the settled counts; `ALL` for None."""
    return ALL if network is None else str(network)


def last_year_to_settle(today: date) -> int:
    """Return the last year that may be settled today: it ended more than `DELAY` ago."""
    return (today - DELAY).year - 1


def quarter_of(today: date) -> str:
    """Return the name of a quarter, such as « 2026-T4 »."""
    return f"{today.year}-T{(today.month + 2) // 3}"


def settle(missions: Iterable[Any], year: int) -> Settled:
    """Return the counts about people of one year; counts that could identify somebody are hidden.

    `missions` are those of all years, since a mission is a first one or not.
    """
    people: defaultdict[Cell, set[int]] = defaultdict(set)
    counts: dict[str, Counter[Cell]] = {name: Counter() for name in GROUPS}
    sizes: Counter[int | None] = Counter()
    departed: set[int] = set()
    for mission in sorted(missions, key=lambda row: row.start):
        record = "again" if mission.expert in departed else "first"
        departed.add(mission.expert)
        if mission.start.year == year:
            for network in (mission.network, None):
                sizes[network] += 1
                people[year, network, ""].add(mission.expert)
                counts["record"][year, network, record] += 1
                counts["bands"][year, network, mission.band] += 1
    return {
        "people": _marked({cell: len(each) for cell, each in people.items()}, sizes),
        **{
            name: _marked(
                {(year, network, part): counts[name][year, network, part]
                 for network in sizes for part in GROUPS[name]},
                sizes,
            )
            for name in GROUPS
        },
    }  # fmt: skip


def _marked(cells: dict[Cell, int], sizes: Mapping[int | None, int]) -> dict[str, dict[str, Any]]:
    """Return {network: {part: cell}}, without the counts to hide; `sizes` are public totals."""
    hidden = protect(cells)
    results: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for (year, network, part), count in cells.items():
        hide = (year, network, part) in hidden
        results[key_of(network)][part] = shown(count, sizes[network], hide=hide)
    return dict(results)


def shown(count: int, missions: int, *, hide: bool) -> dict[str, Any]:
    """Return the {count, note} cell of a count; with `hide`, words in `note` replace the number.

    `missions` is the public number of missions of the scope, on which the words depend.
    """
    return {"count": None, "note": mark(missions)} if hide else {"count": count, "note": ""}


def people_in(
    settled: Mapping[int, Settled], year: int | None, network: int | None, missions: int
) -> dict[str, Any]:
    """Return the {count, note} cell of the number of people engaged in a scope.

    Over all years, it is « au moins N »: N adds up the first missions shown in each settled year,
    so it reveals no hidden count.

    Args:
        settled: the settled counts of each year.
        year: a year, or None for all of them.
        network: the primary key of a network, or None for all of them.
        missions: the public number of missions of the scope.
    """
    if not missions:
        return {"count": 0, "note": ""}
    if year is not None:
        return _cell(settled, year, "people", network, "", missions)
    least = _sum(settled, "record", network, "first")
    return {"count": least, "note": f"au moins {least}"} if least else _unknown(settled, missions)


def parts_in(
    settled: Mapping[int, Settled],
    name: str,
    year: int | None,
    network: int | None,
    missions: int,
) -> list[dict[str, Any]]:
    """Return a row {code, label, count, note} for each part of `GROUPS[name]` in a scope.

    Over all years each row adds up the shown cells of the settled years, so it reveals no hidden
    count. There are no rows without missions, nor for `record` over all years. The arguments are
    those of `people_in`.
    """
    if not missions or (year is None and name == "record"):
        return []
    rows = []
    for part, label in GROUPS[name].items():
        if year is not None:
            cell = _cell(settled, year, name, network, part, missions)
        elif total := _sum(settled, name, network, part):
            cell = {"count": total, "note": ""}
        else:
            cell = _unknown(settled, missions)
        rows.append({"code": part, "label": label} | cell)
    return rows


def _cell(
    settled: Mapping[int, Settled],
    year: int,
    name: str,
    network: int | None,
    part: str,
    missions: int,
) -> dict[str, Any]:
    if year not in settled:
        return {"count": None, "note": OPEN}
    rows = settled[year][name].get(key_of(network), {})
    return rows.get(part) or shown(0, missions, hide=True)


def _sum(settled: Mapping[int, Settled], name: str, network: int | None, part: str) -> int:
    cells = [each[name].get(key_of(network), {}).get(part) for each in settled.values()]
    return sum(cell["count"] or 0 for cell in cells if cell)


def _unknown(settled: Mapping[int, Settled], missions: int) -> dict[str, Any]:
    return {"count": None, "note": mark(missions) if settled else OPEN}


def round_stock(idle: Mapping[int, Mapping[str, int]]) -> Stock:
    """Return the people of each skill family rounded down to a multiple of `K`, by network.

    `ALL` is for all networks: the total rounded down, then lowered so that it does not reveal
    whether a network without shown count has anybody.
    """
    stock: Stock = {ALL: {}, **{key_of(network): {} for network in idle}}
    for family in sorted({family for counts in idle.values() for family in counts}):
        counts = {network: idle[network].get(family, 0) for network in idle}
        for network, count in counts.items():
            stock[key_of(network)][family] = _down(count)
        total = sum(counts.values())
        if any(count < K for count in counts.values()):
            most = sum(_down(count) + K - 1 for count in counts.values())
            total = min(total, most - (K - 1))
        stock[ALL][family] = _down(total)
    return {key: {code: n for code, n in rows.items() if n} for key, rows in stock.items()}


def _down(count: int) -> int:
    return count - count % K


def families_in(stock: Stock, network: int | None) -> list[dict[str, Any]]:
    """Return {code, people} for each skill family shown of a network, the largest first."""
    rows = stock.get(key_of(network), {}).items()
    return [{"code": code, "people": n} for code, n in sorted(rows, key=lambda r: (-r[1], r[0]))]
