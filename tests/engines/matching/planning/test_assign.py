"""`assign` against brute force: random small problems, every fairness, with and without dates."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from explor.engines.matching import assign

Pairs = tuple[tuple[int, int], ...]


def feasible(pairs: Pairs, demand, load, windows) -> bool:  # type: ignore[no-untyped-def]
    for i, seats in enumerate(demand):
        if sum(1 for n, _ in pairs if n == i) > seats:
            return False
    for j, most in enumerate(load):
        mine = [n for n, e in pairs if e == j]
        if len(mine) > most:
            return False
        if windows is not None:
            for a, b in combinations(mine, 2):
                if windows[a][0] <= windows[b][1] and windows[b][0] <= windows[a][1]:
                    return False
    return True


def worth(pairs: Pairs, scores, demand, fairness):  # type: ignore[no-untyped-def]
    """Return the figures compared, in order: needs with somebody, seats filled, floor, total."""
    covered = len({n for n, _ in pairs})
    values = [scores[n, e] for n, e in pairs]
    floor = 0.0
    if fairness == "pair" and values:
        floor = min(values)
    if fairness == "need" and values:
        floor = min(sum(scores[n, e] for n, e in pairs if n == i) for i in {n for n, _ in pairs})
    return covered, len(pairs), round(floor, 6), round(sum(values), 6)


def best_by_hand(scores, demand, load, windows, fairness):  # type: ignore[no-untyped-def]
    allowed = [(i, j) for i, j in product(*map(range, scores.shape)) if np.isfinite(scores[i, j])]
    best = (-1, -1, 0.0, 0.0)
    for size in range(len(allowed) + 1):
        for pairs in combinations(allowed, size):
            if feasible(pairs, demand, load, windows):
                best = max(best, worth(pairs, scores, demand, fairness))
    return best


@st.composite
def instances(draw: st.DrawFn):  # type: ignore[no-untyped-def]
    needs, experts = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    cell = st.one_of(st.just(float("nan")), st.integers(0, 20).map(lambda k: k / 20))
    scores = np.array([[draw(cell) for _ in range(experts)] for _ in range(needs)])
    demand = [draw(st.integers(0, 3)) for _ in range(needs)]
    load = [draw(st.integers(0, 3)) for _ in range(experts)]
    starts = [draw(st.integers(0, 6)) for _ in range(needs)]
    windows = [(s, s + draw(st.integers(0, 4))) for s in starts]
    return scores, demand, load, draw(st.sampled_from([None, windows]))


@given(instances(), st.sampled_from(["none", "pair", "need"]))
@settings(max_examples=300, deadline=None)
def test_an_assignment_is_as_good_as_the_best_by_brute_force(instance, fairness) -> None:  # type: ignore[no-untyped-def]
    scores, demand, load, windows = instance
    found = assign(scores, demand, load, windows=windows, fairness=fairness)
    assert feasible(found.pairs, demand, load, windows)
    mine = worth(found.pairs, scores, demand, fairness)
    assert mine == best_by_hand(scores, demand, load, windows, fairness)
    assert found.status == "optimal"
    assert found.objective <= found.bound <= found.objective + 1e-5


@given(instances())
@settings(max_examples=80, deadline=None)
def test_need_fairness_fills_as_many_seats_and_maximises_the_lowest_need_score(instance) -> None:  # type: ignore[no-untyped-def]
    scores, demand, load, windows = instance
    found = assign(scores, demand, load, windows=windows, fairness="need")
    free = assign(scores, demand, load, windows=windows)
    assert feasible(found.pairs, demand, load, windows)
    assert (found.nobody, found.unfilled) == (free.nobody, free.unfilled)
    reached = worth(found.pairs, scores, demand, "need")
    assert reached[2] >= worth(free.pairs, scores, demand, "need")[2]
    assert abs(reached[2] - (found.floor or 0.0)) < 1e-6
    best = best_by_hand(scores, demand, load, windows, "need")
    if found.pairs:
        assert best[2] == reached[2] == round(found.floor_bound, 6)
        assert found.status == "optimal"


def test_a_pair_with_a_stored_score_of_zero_is_eligible_and_a_pair_without_score_is_not() -> None:
    scores = csr_array((np.array([0.0, 0.5]), (np.array([0, 1]), np.array([0, 1]))), shape=(2, 2))
    assert assign(scores, 1, 1).pairs == ((0, 0), (1, 1))


def test_a_banned_pair_of_need_and_expert_is_not_assigned() -> None:
    assert assign(np.array([[1.0, 0.2]]), 1, 1, bans=[(0, 0)]).pairs == ((0, 1),)


def test_serving_every_need_takes_priority_over_higher_scores() -> None:
    scores = np.array([[0.9, 0.9], [0.1, np.nan]])
    assert assign(scores, [2, 1], 1).pairs == ((0, 1), (1, 0))


def test_two_missions_with_a_day_in_common_are_not_given_to_one_person() -> None:
    scores = np.array([[0.9], [0.8]])
    assert assign(scores, 1, 2, windows=[(1, 10), (10, 12)]).pairs == ((0, 0),)
    assert assign(scores, 1, 2, windows=[(1, 10), (11, 12)]).pairs == ((0, 0), (1, 0))


def test_an_assignment_stopped_by_the_time_limit_is_not_marked_as_optimal() -> None:
    draw = np.random.default_rng(1)
    scores = draw.random((60, 40))
    windows = [(int(s), int(s) + 9) for s in draw.integers(0, 40, 60)]
    found = assign(scores, 2, 3, windows=windows, time_limit=0.0)
    assert found.status == "non prouvé"
    assert found.bound > found.objective > 0
    assert feasible(found.pairs, [2] * 60, [3] * 40, windows)


@pytest.mark.parametrize(("demand", "load"), [([1, 1, 1], 1), (1, [1]), (-1, 1), (1.5, 1)])
def test_an_assignment_with_wrong_matrix_shapes_or_negative_seats_raises_an_error(
    demand: object, load: object
) -> None:
    with pytest.raises(ValueError, match=r"expected|whole"):
        assign(np.ones((2, 2)), demand, load)  # type: ignore[arg-type]


def test_a_problem_without_eligible_pairs_has_an_empty_optimal_assignment() -> None:
    found = assign(np.full((2, 2), np.nan), 1, 1)
    assert (found.pairs, found.status, found.nobody, found.unfilled) == ((), "optimal", 2, 2)


def test_fairness_between_needs_is_proven_optimal_when_needs_compete_for_people() -> None:
    draw = np.random.default_rng(7)
    scores = draw.beta(4, 3, (40, 60))
    hard, able = draw.choice(40, 8, replace=False), draw.choice(60, 7, replace=False)
    scores[hard] *= 0.3
    scores[np.ix_(hard, able)] += draw.uniform(0.1, 0.4, (8, 7))
    found = assign(scores, 3, 4, fairness="need")
    sums = [sum(scores[n, e] for n, e in found.pairs if n == i) for i in range(40)]
    assert (found.status, found.unfilled) == ("optimal", 0)
    assert round(min(sums), 9) == round(found.floor or 0, 9) == round(found.floor_bound or 0, 9)
    assert found.floor > assign(scores, 3, 4, fairness="pair").floor  # type: ignore[operator]


def test_fairness_between_needs_is_proven_optimal_with_negative_scores() -> None:
    scores = np.array([[-0.2, -0.1, 0.4], [0.3, -0.3, 0.5]])
    found = assign(scores, [2, 1], 1, fairness="need")
    assert found.pairs == ((0, 1), (0, 2), (1, 0))
    assert (found.floor, found.floor_bound) == (pytest.approx(0.3), pytest.approx(0.3))
    assert found.status == "optimal"
