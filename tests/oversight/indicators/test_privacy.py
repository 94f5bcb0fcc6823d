"""A hidden count cannot be deduced from the counts that are shown."""

from collections import Counter
from collections.abc import Iterable

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from explor.oversight.indicators.rules.privacy import HIDDEN, LESS, Cell, K, Scope, mark, protect

YEARS, NETWORKS = (2025, 2026, 2027), (1, 2, 3)
PARTS = ("first", "again", "other")
CEILING = 1e6  # a number of people that no count reaches

departures = st.lists(
    st.tuples(st.sampled_from(YEARS), st.sampled_from(NETWORKS), st.sampled_from(PARTS)),
    max_size=120,
)


def cube(rows: list[tuple[int, int, str]], parts: tuple[str, ...]) -> dict[Cell, int]:
    """Return the cells and all their sums, without the scopes that have nobody."""
    results: Counter[Cell] = Counter()
    for year, network, part in rows:
        for scope in ((year, network), (year, None), (None, network), (None, None)):
            results[*scope, part if part in parts else parts[0]] += 1
    return {(*scope, part): results[*scope, part] for scope in scopes_of(results) for part in parts}


def scopes_of(counts: Iterable[Cell]) -> list[Scope]:
    return sorted({cell[:2] for cell in counts}, key=str)


def equations(counts: dict[Cell, int]) -> list[dict[Cell, int]]:
    """Return the public sums as equations: the terms of each add up to zero."""
    results: list[dict[Cell, int]] = []
    for year, network, part in counts:
        if year is None:
            results.append(
                {c: -1 if c[0] is None else 1 for c in counts if c[1:] == (network, part)}
            )
        if network is None:
            results.append(
                {c: -1 if c[1] is None else 1 for c in counts if (c[0], c[2]) == (year, part)}
            )
    return results


def bounds_of(
    cell: Cell, counts: dict[Cell, int], hidden: set[Cell], *, overall: bool
) -> tuple[float, float]:
    """Return the range of `cell` that a reader can deduce by solving all the equations."""
    names = sorted(hidden, key=str)
    rows, sums = [], []
    lines = equations(counts)
    if overall:  # the sum of the parts of a scope is its number of missions, which is public
        lines += [{c: 1 for c in counts if c[:2] == scope} for scope in scopes_of(counts)]
    for line in lines:
        rows.append([line.get(name, 0) for name in names])
        known = sum(sign * counts[c] for c, sign in line.items() if c not in hidden)
        total = sum(sign * counts[c] for c, sign in line.items())
        sums.append(total - known)
    wanted = np.array([1.0 if name == cell else 0.0 for name in names])
    low, high = (
        sign * linprog(sign * wanted, A_eq=rows, b_eq=sums, bounds=(0, CEILING)).fun
        for sign in (1, -1)
    )
    return low, high


@settings(max_examples=60, deadline=None)
@given(departures)
def test_no_small_group_of_people_can_be_deduced_from_the_sums_of_the_figures(
    rows: list[tuple[int, int, str]],
) -> None:
    counts = cube(rows, PARTS)
    hidden = protect(counts)
    people = {scope: sum(counts[*scope, part] for part in PARTS) for scope in scopes_of(counts)}
    for cell, count in counts.items():
        if 0 < people[cell[:2]] < K:
            assert cell in hidden
        if 0 < count < K:
            assert cell in hidden
            low, high = bounds_of(cell, counts, hidden, overall=True)
            assert high - low > 0.99, (cell, count)


@settings(max_examples=60, deadline=None)
@given(departures)
def test_no_small_total_of_people_can_be_deduced_from_the_sums_without_groups(
    rows: list[tuple[int, int, str]],
) -> None:
    counts = cube(rows, ("",))
    hidden = protect(counts)
    for cell, count in counts.items():
        if 0 < count < K:
            assert cell in hidden
            low, high = bounds_of(cell, counts, hidden, overall=False)
            assert high - low > 0.99, (cell, count)


def test_no_count_is_hidden_when_all_counts_are_large() -> None:
    rows = [(y, n, p) for y in YEARS for n in NETWORKS for p in PARTS] * K
    assert protect(cube(rows, PARTS)) == set()


def test_a_second_count_of_people_is_hidden_so_that_a_small_count_cannot_be_deduced() -> None:
    """Nine people in two groups: the large group must be hidden with the small one."""
    counts = cube([(2026, 1, "first")] * 7 + [(2026, 1, "again")] * 2, ("first", "again"))
    assert protect(counts) == set(counts)


def test_an_empty_group_is_not_hidden_unless_there_is_a_small_group_beside_it() -> None:
    assert protect(cube([(2026, 1, "first")] * 5, ("first", "again"))) == set()


def test_an_empty_group_beside_a_small_group_is_hidden_with_it() -> None:
    counts = cube([(2026, 1, "first")] * 4, ("first", "again"))
    assert protect(counts) == set(counts)


def test_counts_already_published_are_not_hidden_to_protect_a_small_count() -> None:
    """Known sums are shown; the small group is hidden together with one of another year."""
    rows = [(2025, 1, "first")] * 9 + [(2025, 1, "again")] * 6
    rows += [(2026, 1, "first")] * 8 + [(2026, 1, "again")] * 2
    counts = cube(rows, ("first", "again"))
    known = [(None, None), (None, 1)]
    assert protect(counts, known=known) == {cell for cell in counts if cell[0] is not None}


def test_the_text_shown_for_a_hidden_count_depends_on_whether_missions_are_fewer_than_five() -> (
    None
):
    assert [mark(4), mark(5)] == [LESS, HIDDEN]
