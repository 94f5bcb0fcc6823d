"""Confidence intervals, and tables from which no hidden group can be deduced."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explor.oversight.equity.rules import figures, groups
from explor.oversight.equity.rules.figures import OTHERS, Group, K, Observation

LETTERS = "abcdefgh"
DIMENSION = groups.Dimension(code="letter", title="Par lettre")
people = st.builds(
    lambda letter, outcomes: Observation(subject=0, groups={"letter": letter}, outcomes=outcomes),
    st.sampled_from(LETTERS),
    st.frozensets(st.sampled_from(figures.OUTCOMES)),
)
crowds = st.lists(people, max_size=60)
shares = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def group(label: str, people: int, proposed: int = 0) -> Group:
    return Group(label=label, people=people, counts=(proposed, 0, 0))


@pytest.mark.parametrize(
    ("count", "people", "low", "high"),
    # Figures of Newcombe (1998), Statistics in Medicine 17, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_wilson_interval_of_a_rate_equals_published_values(
    count: int, people: int, low: float, high: float
) -> None:
    assert figures.wilson(count, people) == pytest.approx((low, high), abs=5e-5)


@given(shares)
def test_the_wilson_confidence_interval_contains_the_rate(share: tuple[int, int]) -> None:
    count, people = share
    low, high = figures.wilson(count, people)
    assert 0 <= low <= count / people <= high <= 1


@given(shares)
def test_the_wilson_interval_of_the_complementary_rate_is_the_mirror_image(
    share: tuple[int, int],
) -> None:
    count, people = share
    low, high = figures.wilson(count, people)
    assert figures.wilson(people - count, people) == pytest.approx((1 - high, 1 - low))


@given(shares, st.integers(2, 9))
def test_more_people_give_a_narrower_interval_for_the_same_rate(
    share: tuple[int, int], times: int
) -> None:
    count, people = share
    low, high = figures.wilson(count, people)
    closer_low, closer_high = figures.wilson(times * count, times * people)
    assert closer_high - closer_low < high - low


@given(shares, st.sampled_from([1, 5]))
def test_the_rounded_bounds_of_a_rate_contain_its_exact_confidence_interval(
    share: tuple[int, int], step: int
) -> None:
    low, high = figures.wilson(*share)
    told_low, told_high = figures.bounds(*share, step=step)
    assert told_low % step == told_high % step == 0
    assert 0 <= told_low <= 100 * low + 1e-5
    assert 100 >= told_high >= 100 * high - 1e-5


@given(crowds)
def test_no_group_of_fewer_than_five_is_shown_or_deducible_by_subtraction(
    seen: list[Observation],
) -> None:
    true = Counter(each.groups["letter"] for each in seen)
    table = figures.table(seen, DIMENSION)
    if len(seen) < K:
        assert table is None
        return
    assert table is not None
    shown = {each.label: each.people for each in table.groups}
    hidden = {label: n for label, n in true.items() if label not in shown}
    assert all(n >= K for n in shown.values())
    assert all(true[label] == n for label, n in shown.items() if label != OTHERS)
    # Subtracting the shown groups from the total must never leave a single group.
    assert table.total.people - sum(n for k, n in shown.items() if k != OTHERS) == sum(
        hidden.values()
    )
    assert len(hidden) != 1
    assert shown.get(OTHERS, 0) == sum(hidden.values())


@given(crowds)
def test_the_groups_of_an_equity_table_add_up_to_its_total(seen: list[Observation]) -> None:
    table = figures.table(seen, DIMENSION)
    if table:
        total = figures.sum_of(table.groups, table.total.label)
        assert total == table.total


@given(st.lists(crowds, max_size=4))
def test_the_sum_of_several_networks_contains_only_groups_that_they_show(
    crowds: list[list[Observation]],
) -> None:
    tables = [each for seen in crowds if (each := figures.table(seen, DIMENSION))]
    merged = figures.merge(tables, DIMENSION)
    if merged is None:
        assert tables == []
        return
    for row in merged.groups:
        parts = [g for table in tables for g in table.groups if g.label == row.label]
        assert row == figures.sum_of(parts, row.label)
    assert figures.sum_of(merged.groups, merged.total.label) == merged.total


def test_one_small_equity_group_is_merged_with_the_smallest_other_group() -> None:
    shown = figures.fold([group("a", 30), group("b", 4), group("c", 9), group("d", 12)])
    assert [(each.label, each.people) for each in shown] == [("a", 30), ("d", 12), (OTHERS, 13)]


def test_two_tiny_equity_groups_are_merged_with_a_third_to_reach_five_people() -> None:
    shown = figures.fold([group("a", 30), group("b", 1), group("c", 2), group("d", 12)])
    assert [(each.label, each.people) for each in shown] == [("a", 30), (OTHERS, 15)]


def test_large_equity_groups_are_not_merged() -> None:
    whole = [group("a", 5), group("b", 80)]
    assert figures.fold(whole) == tuple(whole)


def test_an_equity_group_differs_clearly_only_if_the_total_rate_is_outside_its_interval() -> None:
    whole = group("Ensemble", 200, 60)
    assert figures.gap(group("a", 50, 15), whole, 0) == figures.LEVEL
    assert figures.gap(group("a", 50, 30), whole, 0) == figures.MORE
    assert figures.gap(group("a", 50, 3), whole, 0) == figures.LESS
    assert figures.gap(group("a", 5, 3), whole, 0) == figures.LEVEL
    assert figures.distance(group("a", 50, 3), whole, 0) == 24


@pytest.mark.parametrize(
    ("employed", "public", "headcount", "inhabitants", "band"),
    [
        (False, False, None, None, "Sans employeur inscrit"),
        (True, False, 49, None, "Entreprise de moins de 50 personnes"),
        (True, False, 50, None, "Entreprise de 50 à 249 personnes"),
        (True, False, 250, None, "Entreprise de 250 à 4 999 personnes"),
        (True, False, 5000, None, "Entreprise de 5 000 personnes ou plus"),
        (True, False, None, 9, "Entreprise, effectif non précisé"),
        (True, True, 9, 3500, "Collectivité jusqu’à 3 500 habitants"),
        (True, True, 9, 3501, "Collectivité de 3 501 à 20 000 habitants"),
        (True, True, 9, 20_001, "Collectivité de plus de 20 000 habitants"),
        (True, True, 9, None, "Employeur public, population non précisée"),
    ],
)
def test_an_employer_is_assigned_the_group_of_its_size(
    employed: bool, public: bool, headcount: int | None, inhabitants: int | None, band: str
) -> None:
    found = groups.size_of(
        employed=employed, public=public, headcount=headcount, inhabitants=inhabitants
    )
    assert found == band
    assert band in groups.SIZES


def test_the_equity_group_of_unknown_values_is_sorted_last() -> None:
    labels = ["Non précisé", "Rhône", "Ain"]
    assert sorted(labels, key=groups.DEPARTMENT.rank) == ["Ain", "Rhône", "Non précisé"]
