"""Arrays of numbers give the same results as loops over the records."""

from datetime import date
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explor.engines.matching import Need, Period
from explor.engines.matching.planning._overlaps import overlap_rows
from explor.engines.matching.planning._preparation import first_of, plan_scores
from explor.engines.matching.planning._problem import problem
from explor.engines.matching.planning._schedule import Stay, schedule
from explor.engines.matching.planning._stays import Stays
from explor.engines.matching.records import NEVER

ANY = Need(id="a", window=Period(start=date(2027, 3, 1), end=date(2027, 3, 9)), days=3)
scores = st.lists(st.integers(0, 2_000_000).map(lambda k: k / 1e6), min_size=1, max_size=30)


@st.composite
def stays(draw: st.DrawFn) -> list[Stay]:
    found = []
    for _ in range(draw(st.integers(1, 8))):
        days = draw(st.integers(1, 5))
        starts = draw(st.lists(st.integers(1, 30), min_size=1, max_size=3, unique=True))
        segments = tuple((a, a + days - 1 + draw(st.integers(0, 6))) for a in sorted(starts))
        found.append(Stay(days=days, segments=segments))
    return found


def columns(several: list[Stay]) -> Stays:
    spans = [span for stay in several for span in stay.segments]
    return Stays(
        days=np.array([stay.days for stay in several]),
        count=np.array([len(stay.segments) for stay in several]),
        low=np.array([a for a, _ in spans]),
        high=np.array([b for _, b in spans]),
    )


@given(stays(), st.integers(0, 40))
def test_possible_days_computed_as_arrays_equal_those_of_each_mission(
    several: list[Stay], day: int
) -> None:
    held = columns(several)
    assert [held.of(k) for k in range(len(several))] == several
    assert held.latest().tolist() == [stay.latest for stay in several]
    assert held.earliest_end().tolist() == [stay.earliest + stay.days - 1 for stay in several]
    days = np.full(len(several), day)
    assert held.start_from(days).tolist() == [stay.start_from(day) for stay in several]
    odd = np.arange(len(several)) % 2 == 1
    assert [held.only(odd).of(k) for k in range(len(several) // 2)] == several[1::2]


@given(stays(), st.lists(st.integers(1, 40), max_size=3, unique=True))
def test_a_free_start_is_the_earliest_day_outside_the_busy_periods(
    several: list[Stay], busy: list[int]
) -> None:
    spans = [(day, day + 1) for day in sorted(busy)]
    first = np.array([[a] * len(several) for a, _ in spans]).reshape(-1, len(several))
    found = columns(several).free_start(first, first + 1).tolist()
    for stay, start in zip(several, found, strict=True):
        days = [
            d
            for a, b in stay.segments
            for d in range(a, b - stay.days + 2)
            if all(d + stay.days - 1 < x or d > y for x, y in spans)
        ]
        assert start == min(days, default=NEVER)


@given(stays())
def test_overlap_limits_forbid_exactly_the_pairs_of_missions_that_must_overlap(
    several: list[Stay],
) -> None:
    held, count = columns(several), len(several)
    p = problem(range(count), np.zeros(count), np.ones(count), np.ones(count), [count])
    rows = overlap_rows(p, held.latest(), held.earliest_end())
    assert set(rows.limit.tolist()) <= {1}
    forbidden = {
        couple
        for k in range(len(rows))
        for couple in combinations(sorted(rows.pair[rows.row == k].tolist()), 2)
    }
    # The rows use only latest starts and earliest ends; `schedule` checks gaps between periods.
    clash = {
        (a, b)
        for a, b in combinations(range(count), 2)
        if held.latest()[a] <= held.earliest_end()[b] and held.latest()[b] <= held.earliest_end()[a]
    }
    assert forbidden == clash
    assert all(schedule([several[a], several[b]]) is None for a, b in forbidden)


@given(scores, st.integers(0, 12))
def test_the_function_first_of_selects_the_highest_scores_as_a_stable_sort_would(
    values: list[float], top: int
) -> None:
    score = np.round(np.array(values), 1)
    order = np.argsort(-score, kind="stable")[:top]
    assert first_of(score, top).tolist() == sorted(order.tolist())


@given(scores)
def test_a_score_in_a_plan_is_rounded_in_the_same_way_as_in_a_ranking(values: list[float]) -> None:
    assert plan_scores(ANY, np.array(values)).tolist() == [round(value, 4) for value in values]
