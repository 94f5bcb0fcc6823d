"""From rows to figures: one set of figures for each year and network, and for all of them."""

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
    """An announced mission, not cancelled. `days` on the spot, 0 while it is not over."""

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
    """An announced need with `seats` that nobody holds; its year is that of its first day."""

    network: int
    year: int
    seats: int
    country: str
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """A published sheet, the year of its beginning if it says one."""

    network: int | None
    year: int | None
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Heap:
    """What is gathered for one scope, before anything is hidden."""

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
    """The kind and size of an employer, a key of `BANDS`; few of them, so that few are hidden."""
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
    """The figures of each scope, what would name somebody hidden.

    `idle` counts, by network, the people available and not placed this year, by family of skills.
    """
    heaps: defaultdict[Scope, Heap] = defaultdict(Heap)
    heaps[None, None]
    parts: defaultdict[str, Counter[Cell]] = defaultdict(Counter)
    gone: set[int] = set()
    for mission in sorted(missions, key=lambda row: row.start):
        record = "again" if mission.expert in gone else "first"
        gone.add(mission.expert)
        for scope in _scopes(mission.start.year, mission.network):
            _add_mission(heaps[scope], mission)
            parts["record"][*scope, record] += 1
            parts["bands"][*scope, mission.band] += 1
    for need in needs:
        for scope in _scopes(need.year, need.network):
            _add_need(heaps[scope], need)
    for sheet in sheets:
        for scope in _scopes(sheet.year, sheet.network):
            _add_sheet(heaps[scope], sheet)
    for scope in list(product({year for year, _ in heaps}, (None, *networks))):
        heaps[scope]  # every year with every network, were it to say « none »
    skills = _shown_skills(idle, networks)
    told = {scope: _figures(heap, skills.get(scope[1], [])) for scope, heap in heaps.items()}
    _tell_people(told, heaps, parts)
    return told


def _scopes(year: int | None, network: int | None) -> Iterator[Scope]:
    """Where a row is counted: its year or all, its network or all."""
    for each in dict.fromkeys((year, None)):
        for other in dict.fromkeys((network, None)):
            yield each, other


def _add_mission(heap: Heap, row: MissionRow) -> None:
    heap.numbers.update(missions=1, over=int(row.over), days=row.days)
    heap.people.add(row.expert)
    heap.groups["associations"].add(row.association)
    if row.employer is not None:
        heap.groups["employers"].add(row.employer)
    heap.lists["countries"][row.country, "missions"] += 1
    for name, codes in (("sectors", row.sectors), ("sdgs", row.sdgs)):
        for code in codes:
            heap.lists[name][code, "missions"] += 1
    if row.travels:
        heap.departures[row.start.year][row.start.month - 1] += 1


def _add_need(heap: Heap, row: NeedRow) -> None:
    heap.numbers["seeking"] += row.seats
    heap.lists["countries"][row.country, "seeking"] += row.seats
    for code in row.sectors:
        heap.lists["sectors"][code, "seeking"] += row.seats


def _add_sheet(heap: Heap, row: SheetRow) -> None:
    heap.numbers["sheets"] += 1
    for name, codes in (("countries", row.countries), ("sectors", row.sectors), ("sdgs", row.sdgs)):
        for code in codes:
            heap.lists[name][code, "sheets"] += 1


def _figures(heap: Heap, skills: list[dict[str, Any]]) -> Figures:
    """What names nobody, in plain JSON types."""
    numbers = ("missions", "over", "days", "seeking", "sheets")
    return {
        **{name: heap.numbers[name] for name in numbers},
        "associations": len(heap.groups["associations"]),
        "employers": len(heap.groups["employers"]),
        "lists": {name: _ranked(heap.lists[name]) for name in ("countries", "sectors", "sdgs")},
        "departures": {str(year): months for year, months in sorted(heap.departures.items())},
        "skills": skills,
    }


def _ranked(counts: Counter[tuple[str, str]]) -> list[dict[str, Any]]:
    """The codes counted, the most missions first."""
    columns = ("missions", "sheets", "seeking")
    rows = [
        {"code": code, **{name: counts[code, name] for name in columns}}
        for code in {code for code, _ in counts}
    ]
    return sorted(rows, key=lambda row: (*(-row[name] for name in columns), row["code"]))


def _tell_people(
    told: dict[Scope, Figures],
    heaps: Mapping[Scope, Heap],
    parts: Mapping[str, Counter[Cell]],
) -> None:
    """Add what counts persons: how many, how many left for the first time, from which employers."""
    scopes = [scope for scope, heap in heaps.items() if heap.numbers["missions"]]
    people: dict[Cell, int] = {(*scope, ""): len(heaps[scope].people) for scope in scopes}
    hidden = protect(people)
    for scope, figures in told.items():
        cell = (*scope, "")
        figures["people"] = _shown(people.get(cell, 0), figures["missions"], hide=cell in hidden)
    # Over all years each person has one first mission: that sum is the number of people itself.
    over_years = [scope for scope in scopes if scope[0] is None]
    for name, labels in GROUPS.items():
        known = over_years if name == "record" else []
        cells = {(*scope, part): parts[name][*scope, part] for scope in scopes for part in labels}
        hidden = protect(cells, known=known)
        for scope, figures in told.items():
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
    """By network and for all, the families of five people or more that tell no smaller one."""
    found: defaultdict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for family in sorted({family for counts in idle.values() for family in counts}):
        cells: dict[Cell, int] = {
            (None, network, ""): idle.get(network, {}).get(family, 0) for network in networks
        }
        cells[None, None, ""] = sum(cells.values())
        hidden = protect(cells)
        for cell, people in cells.items():
            if cell not in hidden:
                found[cell[1]].append({"code": family, "people": people})
    for rows in found.values():
        rows.sort(key=lambda row: (-row["people"], row["code"]))
    return found
