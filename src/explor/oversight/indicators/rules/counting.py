"""Count database rows into the public figures of each scope: a year or all, a network or all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from . import settling
from .privacy import Scope
from .settling import Settled, Stock

Figures = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class MissionRow:
    """A mission of an announced need, not cancelled.

    `over` is whether the mission is over, `travels` whether the expert goes abroad. `days` are the
    days abroad, 0 until it is over. `band` is a key of `BANDS`; the other numbers are primary keys.
    """

    network: int
    start: date
    over: bool
    travels: bool
    days: int
    country: str
    association: int
    employer: int | None
    band: str
    expert: int
    sectors: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NeedRow:
    """An announced need and its number of free `seats`, in the `year` of its first possible day."""

    network: int
    year: int
    seats: int
    country: str
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A published project sheet; `year` is that of the start of the project, None when unknown."""

    network: int | None
    year: int | None
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Totals:
    """The sums of one scope: numbers, organisations, lists, departures.

    A scope is a year or all years, and a network or all networks.
    """

    numbers: Counter[str] = field(default_factory=Counter)
    groups: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    lists: defaultdict[str, Counter[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    departures: defaultdict[int, list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0] * 12)
    )


def count(
    missions: Iterable[MissionRow],
    needs: Iterable[NeedRow],
    sheets: Iterable[SheetRow],
    networks: Sequence[int],
    *,
    settled: Mapping[int, Settled],
    stock: Stock,
) -> dict[Scope, Figures]:
    """Return the figures of each scope; those about people are only those already settled.

    `lists` holds the rows of `_ranked`, `departures` twelve counts by year, `people` a cell of
    `settling`, `record` and `bands` its parts, `skills` its families; other keys are numbers.

    Args:
        missions: missions of announced needs, not cancelled.
        needs: announced needs with free seats.
        sheets: published sheets.
        networks: primary keys of the networks of the programme.
        settled: the counts about people of each settled year (see `settling`).
        stock: the people who await a mission, rounded, of the present quarter.
    """
    totals: defaultdict[Scope, Totals] = defaultdict(Totals)
    totals[None, None]
    for mission in missions:
        for scope in _scopes(mission.start.year, mission.network):
            _add_mission(totals[scope], mission)
    for need in needs:
        for scope in _scopes(need.year, need.network):
            _add_need(totals[scope], need)
    for sheet in sheets:
        for scope in _scopes(sheet.year, sheet.network):
            _add_sheet(totals[scope], sheet)
    for scope in list(product({year for year, _ in totals}, (None, *networks))):
        totals[scope]  # creates the scope: every year has every network, even without any row
    return {
        scope: _figures(total) | _about_people(scope, total.numbers["missions"], settled, stock)
        for scope, total in totals.items()
    }


def _scopes(year: int | None, network: int | None) -> Iterator[Scope]:
    """Yield the (year, network) pairs in which a row counts; None stands for all of them."""
    for each in dict.fromkeys((year, None)):
        for other in dict.fromkeys((network, None)):
            yield each, other


def _add_mission(total: Totals, row: MissionRow) -> None:
    total.numbers.update(missions=1, over=int(row.over), days=row.days)
    total.groups["associations"].add(row.association)
    if row.employer is not None:
        total.groups["employers"].add(row.employer)
    total.lists["countries"][row.country, "missions"] += 1
    for name, codes in (("sectors", row.sectors), ("sdgs", row.sdgs)):
        for code in codes:
            total.lists[name][code, "missions"] += 1
    if row.travels:
        total.departures[row.start.year][row.start.month - 1] += 1


def _add_need(total: Totals, row: NeedRow) -> None:
    total.numbers["seeking"] += row.seats
    total.lists["countries"][row.country, "seeking"] += row.seats
    for code in row.sectors:
        total.lists["sectors"][code, "seeking"] += row.seats


def _add_sheet(total: Totals, row: SheetRow) -> None:
    total.numbers["sheets"] += 1
    for name, codes in (("countries", row.countries), ("sectors", row.sectors), ("sdgs", row.sdgs)):
        for code in codes:
            total.lists[name][code, "sheets"] += 1


def _figures(total: Totals) -> Figures:
    """Return the figures of a scope as JSON values, except those about people."""
    numbers = ("missions", "over", "days", "seeking", "sheets")
    return {
        **{name: total.numbers[name] for name in numbers},
        "associations": len(total.groups["associations"]),
        "employers": len(total.groups["employers"]),
        "lists": {name: _ranked(total.lists[name]) for name in ("countries", "sectors", "sdgs")},
        "departures": {str(year): months for year, months in sorted(total.departures.items())},
    }


def _about_people(
    scope: Scope, missions: int, settled: Mapping[int, Settled], stock: Stock
) -> Figures:
    """Return the figures of a scope about people, read from the settled counts."""
    return {
        "people": settling.people_in(settled, *scope, missions),
        **{name: settling.parts_in(settled, name, *scope, missions) for name in settling.GROUPS},
        "skills": settling.families_in(stock, scope[1]),
    }


def _ranked(counts: Counter[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return a dict for each code counted (country, sector...), the highest counts first.

    Keys: `code`, and the numbers `missions`, `sheets` and `seeking` (free seats).
    """
    columns = ("missions", "sheets", "seeking")
    rows = [
        {"code": code, **{name: counts[code, name] for name in columns}}
        for code in {code for code, _ in counts}
    ]
    return sorted(rows, key=lambda row: (*(-row[name] for name in columns), row["code"]))
