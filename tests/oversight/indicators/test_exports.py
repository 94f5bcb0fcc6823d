"""Exports of one day or years apart never differ by one to four people."""

import json
from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from explor.oversight.indicators import actions, rules
from explor.oversight.indicators.models import SettledFigures
from explor.oversight.indicators.rules import Figures, K, MissionRow, Scope, count
from explor.oversight.indicators.rules.settling import ALL, GROUPS, key_of
from factories import DecisionFactory, ExpertFactory, MissionFactory, NetworkFactory
from support.soak import length

from .test_privacy import bounds_of

NETWORKS, FIRST = (1, 2, 3), date(2024, 1, 1)
BANDS = ("none", "small", "public")

# A mission, the day when it is recorded, and that when it is cancelled (0: never).
lives = st.lists(
    st.tuples(
        st.integers(0, 1000),
        st.sampled_from(NETWORKS),
        st.sampled_from(BANDS),
        st.integers(1, 40),
        st.integers(-200, 60),
        st.sampled_from((0, 0, 0, 30, 300)),
    ),
    max_size=80,
)
stocks = st.lists(
    st.lists(st.integers(0, 23), min_size=len(NETWORKS), max_size=len(NETWORKS)),
    min_size=1,
    max_size=5,
)
days_read = st.lists(st.integers(0, 1400), min_size=2, max_size=6, unique=True)


def missions_on(today: int, life: list[tuple[Any, ...]]) -> list[MissionRow]:
    """Return the missions as the database has them on a day, counted from `FIRST`."""
    return [
        MissionRow(
            network=network, start=FIRST + timedelta(days=start), over=True, travels=True, days=9,
            country="MG", association=1, employer=None, band=band, expert=expert,
        )
        for start, network, band, expert, ahead, cancelled in life
        if start + ahead <= today and not (cancelled and start + cancelled <= today)
    ]  # fmt: skip


def exports(life: list[tuple[Any, ...]], days: list[int]) -> list[dict[Scope, Figures]]:
    """Return the figures read on each day, settling what is due as the job does."""
    settled: dict[int, Any] = {}
    results = []
    for today in sorted(days):
        missions = missions_on(today, life)
        last = rules.last_year_to_settle(FIRST + timedelta(days=today))
        for year in sorted({row.start.year for row in missions}):
            if year <= last and year not in settled:
                settled[year] = json.loads(json.dumps(rules.settle(missions, year)))
        results.append(count(missions, [], [], NETWORKS, settled=settled, stock={}))
    return results


def counts_of(figures: Figures) -> dict[str, int]:
    """Return the counts about people that one export shows of a scope."""
    cells = {"people": figures["people"]}
    for name in GROUPS:
        cells |= {f"{name} {row['code']}": row for row in figures[name]}
    return {name: cell["count"] for name, cell in cells.items() if cell["count"]}


@settings(max_examples=length(150, 5000), deadline=None)
@given(lives, days_read)
def test_no_two_exports_of_figures_differ_except_by_whole_years(
    life: list[tuple[Any, ...]], days: list[int]
) -> None:
    read = exports(life, days)
    for before, after in combinations(read, 2):
        for scope in set(before) & set(after):
            first, second = counts_of(before[scope]), counts_of(after[scope])
            if scope[0] is not None:  # a year shows nothing, then the same for ever
                kept = {name: n for name, n in second.items() if name in first}
                assert kept == first, scope
                if first:
                    assert second == first, scope
    # Over all years: what the shown cells of the years add up to, so nothing more than they say.
    for export in read:
        for scope in [each for each in export if each[0] is None]:
            years = [
                counts_of(row) for each, row in export.items() if each[0] and each[1:] == scope[1:]
            ]
            summed: Counter[str] = sum((Counter(row) for row in years), Counter())
            for name, shown in counts_of(export[scope]).items():
                assert shown == summed["record first" if name == "people" else name]


@settings(max_examples=length(25, 400), deadline=None)
@given(lives)
def test_no_cell_of_the_figures_of_a_settled_year_isolates_fewer_than_five_people(
    life: list[tuple[Any, ...]],
) -> None:
    """Solve all the sums that a reader knows: a hidden count of one to four stays uncertain."""
    missions = missions_on(9999, life)
    for year in {row.start.year for row in missions}:
        known = rules.settle(missions, year)
        of_year = [row for row in missions if row.start.year == year]
        counts: Counter[Any] = Counter()
        for row in of_year:
            for network in (row.network, None):
                counts[year, network, row.band] += 1
        scopes = {cell[1] for cell in counts}
        cells = {(year, n, part): counts[year, n, part] for n in scopes for part in GROUPS["bands"]}
        hidden = {
            cell for cell in cells if known["bands"][key_of(cell[1])][cell[2]]["count"] is None
        }
        assert {cell for cell, n in cells.items() if 0 < n < K} <= hidden
        for cell in [cell for cell in hidden if 0 < cells[cell] < K]:
            low, high = bounds_of(cell, cells, hidden, overall=True)
            assert high - low > 0.99, cell


def possible(shown: list[int], total: int) -> list[tuple[int, int]]:
    """Return the range of each network that a reader may deduce from the rounded numbers."""
    return [
        (max(n, total - sum(m + K - 1 for j, m in enumerate(shown) if j != i)), n + K - 1)
        for i, n in enumerate(shown)
    ]


@settings(max_examples=length(500, 20000), deadline=None)
@given(stocks)
def test_no_two_quarters_isolate_fewer_than_five_people_who_await_a_mission(
    counts: list[list[int]],
) -> None:
    read = []
    for row in counts:
        stock = rules.round_stock({n: {"EAU": each} for n, each in zip(NETWORKS, row, strict=True)})
        shown = [stock[str(n)].get("EAU", 0) for n in NETWORKS]
        total = stock[ALL].get("EAU", 0)
        assert {n % K for n in (*shown, total)} == {0}
        assert total <= sum(row)
        ranges = possible(shown, total)
        for (low, high), real, n in zip(ranges, row, shown, strict=True):
            assert low <= real <= high
            assert n or low == 0, "a network that shows nothing may as well have nobody"
        read.append(ranges)
    for before, after in combinations(read, 2):
        for (low, high), (least, most) in zip(before, after, strict=True):
            # The reader deduces that between `least - high` and `most - low` people came.
            assert not (least - high >= 1 and most - low < K)
            assert not (most - low <= -1 and least - high > -K)


@pytest.mark.django_db
def test_one_more_person_added_to_a_settled_year_changes_no_public_count_of_people(
    client: Client,
) -> None:
    days = {"start": date(2025, 3, 2), "end": date(2025, 3, 11)}
    MissionFactory.create_batch(7, state="closed", **days)
    ExpertFactory.create_batch(6, network=NetworkFactory(slug="amont"), skills=["Maraîchage"])
    DecisionFactory()
    before = surfaces(client)
    assert any("7" in line for line in before), "the seven people of 2025 are shown"
    MissionFactory(state="closed", **days)
    ExpertFactory(
        network=NetworkFactory._meta.model.objects.get(slug="amont"), skills=["Maraîchage"]
    )
    assert surfaces(client) == before
    assert SettledFigures.objects.get(period="2025").figures["people"][""][""]["count"] == 7


def surfaces(client: Client) -> list[str]:
    """Return the lines about people of the file of figures, of the API and of the pages."""
    actions.count()
    lines: list[str] = []
    words = ("Personnes", "Selon", "Premi", "Comp")
    for query in ("", "annee=2025"):
        rows = client.get(f"/chiffres/?{query}&format=csv").content.decode().splitlines()
        lines += [row for row in rows if row.startswith(words) or "Personnes eng" in row]
        tables = client.get(f"/api/v1/chiffres?{query}").json()["tableaux"]
        for name in ("employeurs", "premieres", "competences"):
            lines.append(json.dumps(tables.get(name)))
        lines += [json.dumps(row) for row in tables["ensemble"]["lignes"] if "Personnes" in row[0]]
        page = client.get(f"/chiffres/?{query}").content.decode()
        for mark in ('id="employeurs"', 'id="premieres"', "Des compétences attendent"):
            lines += [part.partition("</section>")[0] for part in page.split(mark)[1:]]
    return lines


def test_settled_figures_store_no_number_for_a_hidden_count() -> None:
    """Nobody who reads the base learns more than the page: a hidden cell has no number."""
    rows = [(n, 1, "small", n, 0, 0) for n in range(3)]
    known = rules.settle(missions_on(9999, rows), 2024)
    cells = [cell for table in known.values() for row in table.values() for cell in row.values()]
    assert {cell["count"] for cell in cells} == {None}
