"""Scores computed from levels on a grid, and descriptions of their spread."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explor.journey.calls.models import Criterion
from explor.journey.committees.rules.scoring import LEVELS, describe_spread, score_of, summarise

GRID = [
    Criterion(pk=1, label="Utilité", weight=3),
    Criterion(pk=2, label="Faisabilité", weight=1, levels=["non", "oui"]),
]


@pytest.mark.parametrize(
    ("levels", "score"),
    [
        ({1: 4, 2: 1}, "20.0"),
        ({1: 0, 2: 0}, "0.0"),
        ({1: 2, 2: 1}, "12.5"),
        ({1: 4, 2: 0}, "15.0"),
        ({1: 1, 2: 0}, "3.8"),  # 3.75: a half is rounded up
        ({1: 4}, None),
        ({1: 4, 2: None}, None),
        ({}, None),
    ],
)
def test_an_opinion_score_is_the_weighted_mean_of_its_levels(
    levels: dict[int, int | None], score: str | None
) -> None:
    assert score_of(levels, GRID) == (None if score is None else Decimal(score))


def test_an_opinion_score_is_none_without_a_grid() -> None:
    assert score_of({}, []) is None


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, len(LEVELS) - 1)), min_size=1, max_size=8),
    st.data(),
)
def test_giving_a_better_level_never_lowers_an_opinion_score(
    given_levels: list[tuple[int, int]], data: st.DataObject
) -> None:
    grid = [Criterion(pk=at, weight=weight) for at, (weight, _) in enumerate(given_levels)]
    levels: dict[int, int | None] = {at: level for at, (_, level) in enumerate(given_levels)}
    before = score_of(levels, grid)
    raised = data.draw(st.sampled_from(sorted(levels)))
    after = score_of(levels | {raised: len(LEVELS) - 1}, grid)
    assert before is not None and after is not None
    assert 0 <= before <= after <= 20


@pytest.mark.parametrize(
    ("scores", "typed"),
    [
        ([], ("neutral", "")),
        (["12"], ("neutral", "")),
        (["12", "12"], ("good", "avis proches : 0 point d’écart")),
        (["12", "13.5"], ("good", "avis proches : 1,5 point d’écart")),
        (["12", "17.9"], ("good", "avis proches : 5,9 points d’écart")),
        (["12", "18"], ("warn", "désaccord : 6 points d’écart")),
        (["4", "12", "18.5"], ("warn", "désaccord : 14,5 points d’écart")),
    ],
)
def test_the_function_describe_spread_reports_a_disagreement_from_the_given_score_gap(
    scores: list[str], typed: tuple[str, str]
) -> None:
    assert describe_spread(summarise([Decimal(each) for each in scores]), 6) == typed


@given(st.lists(st.decimals(0, 20, places=1), min_size=1, max_size=12))
def test_the_mean_score_of_a_need_is_between_its_lowest_and_highest_scores(
    scores: list[Decimal],
) -> None:
    typed = summarise(scores)
    assert typed is not None
    assert typed.low - 1e-9 <= typed.mean <= typed.high + 1e-9
    assert 0 <= typed.deviation <= typed.spread / 2 + 1e-9
    assert typed.count == len(scores)
