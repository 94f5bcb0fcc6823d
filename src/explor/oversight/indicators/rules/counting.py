"""Count database rows into the public figures of each scope: a year or all, a network or all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from .privacy import Cell, Scope, mark, protect

BANDS = {
    "none": "Sans employeur inscrit",
    "small": "Entreprise ou association de moins de 250 personnes",
    "large": "Entreprise ou association de 250 personnes ou plus",
    "private": "Entreprise ou association, effectif non précisé",
    "public": "Employeur public",
}
RECORD = {"first": "Une première mission", "again": "Une nouvelle mission"}
GROUPS = {"record": RECORD, "bands": BANDS}
Figures = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class MissionRow:
    """A mission of an announced need, not cancelled.

    `over` tells whether it is over, `travels` whether the expert goes abroad. `days` are the days
    abroad, 0 until it is over. `band` is a key of `BANDS`; the other numbers are primary keys.
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
    """The sums of one scope before any count is hidden: numbers, people, lists, departures.

    A scope is a year or all years, and a network or all networks.
    """

    numbers: Counter[str] = field(default_factory=Counter)
    people: set[int] = field(default_factory=set)
    groups: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    lists: defaultdict[str, Counter[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    departures: defaultdict[int, list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0] * 12)
    )


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


def count(
    missions: Iterable[MissionRow],
    needs: Iterable[NeedRow],
    sheets: Iterable[SheetRow],
    idle: Mapping[int, Mapping[str, int]],
    networks: Sequence[int],
) -> dict[Scope, Figures]:
    """Return the figures of each scope; counts that could identify somebody are hidden.

    Args:
        missions: announced missions.
        needs: announced needs with free seats.
        sheets: published sheets.
        idle: people available without a mission this year, counted by network and skill family.
        networks: primary keys of the networks of the programme.
    """
    totals: defaultdict[Scope, Totals] = defaultdict(Totals)
    totals[None, None]
    parts: defaultdict[str, Counter[Cell]] = defaultdict(Counter)
    departed: set[int] = set()
    for mission in sorted(missions, key=lambda row: row.start):
        record = "again" if mission.expert in departed else "first"
        departed.add(mission.expert)
        for scope in _scopes(mission.start.year, mission.network):
            _add_mission(totals[scope], mission)
            parts["record"][*scope, record] += 1
            parts["bands"][*scope, mission.band] += 1
    for need in needs:
        for scope in _scopes(need.year, need.network):
            _add_need(totals[scope], need)
    for sheet in sheets:
        for scope in _scopes(sheet.year, sheet.network):
            _add_sheet(totals[scope], sheet)
    for scope in list(product({year for year, _ in totals}, (None, *networks))):
        totals[scope]  # creates the scope: every year has every network, even without any row
    skills = _shown_skills(idle, networks)
    figures = {scope: _figures(total, skills.get(scope[1], [])) for scope, total in totals.items()}
    _add_people(figures, totals, parts)
    return figures


def _scopes(year: int | None, network: int | None) -> Iterator[Scope]:
    """Yield the (year, network) pairs in which a row counts; None stands for all of them."""
    for each in dict.fromkeys((year, None)):
        for other in dict.fromkeys((network, None)):
            yield each, other


def _add_mission(total: Totals, row: MissionRow) -> None:
    total.numbers.update(missions=1, over=int(row.over), days=row.days)
    total.people.add(row.expert)
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


def _figures(total: Totals, skills: list[dict[str, Any]]) -> Figures:
    """Return the figures of a scope as JSON values, except those that `_add_people` adds."""
    numbers = ("missions", "over", "days", "seeking", "sheets")
    return {
        **{name: total.numbers[name] for name in numbers},
        "associations": len(total.groups["associations"]),
        "employers": len(total.groups["employers"]),
        "lists": {name: _ranked(total.lists[name]) for name in ("countries", "sectors", "sdgs")},
        "departures": {str(year): months for year, months in sorted(total.departures.items())},
        "skills": skills,
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


def _add_people(
    by_scope: dict[Scope, Figures],
    totals: Mapping[Scope, Totals],
    parts: Mapping[str, Counter[Cell]],
) -> None:
    """Add to `by_scope` the number of people, and the number of missions in each of `GROUPS`.

    `GROUPS` separates first missions from later ones, and kinds of employers. Counts that could
    identify somebody are replaced by words.
    """
    scopes = [scope for scope, total in totals.items() if total.numbers["missions"]]
    people: dict[Cell, int] = {(*scope, ""): len(totals[scope].people) for scope in scopes}
    hidden = protect(people)
    for scope, figures in by_scope.items():
        cell = (*scope, "")
        figures["people"] = _shown(people.get(cell, 0), figures["missions"], hide=cell in hidden)
    # Over all years each person has one first mission: their number is the number of people.
    over_years = [scope for scope in scopes if scope[0] is None]
    for name, labels in GROUPS.items():
        known = over_years if name == "record" else []
        cells = {(*scope, part): parts[name][*scope, part] for scope in scopes for part in labels}
        hidden = protect(cells, known=known)
        for scope, figures in by_scope.items():
            missions = figures["missions"] if scope not in known else 0
            figures[name] = [
                {"code": part, "label": label}
                | _shown(parts[name][*scope, part], missions, hide=(*scope, part) in hidden)
                for part, label in labels.items()
                if missions
            ]


def _shown(count: int, missions: int, *, hide: bool) -> dict[str, Any]:
    return {"count": None, "note": mark(missions)} if hide else {"count": count, "note": ""}


def _shown_skills(
    idle: Mapping[int, Mapping[str, int]], networks: Sequence[int]
) -> dict[int | None, list[dict[str, Any]]]:
    """Return {code, people} for the skill families that may be shown, by network.

    The key None is for all networks. A family has no person or five at least, and its count reveals
    no hidden one.
    """
    families: defaultdict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for family in sorted({family for counts in idle.values() for family in counts}):
        cells: dict[Cell, int] = {
            (None, network, ""): idle.get(network, {}).get(family, 0) for network in networks
        }
        cells[None, None, ""] = sum(cells.values())
        hidden = protect(cells)
        for cell, people in cells.items():
            if cell not in hidden:
                families[cell[1]].append({"code": family, "people": people})
    for rows in families.values():
        rows.sort(key=lambda row: (-row["people"], row["code"]))
    return families
