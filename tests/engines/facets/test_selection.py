"""Selecting items by values of facets, and counting each facet given the choices in the others."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explor.engines import facets
from explor.engines.facets import Index, Row, select

COUNTRIES, SECTORS = ("BF", "TG"), ("water", "health")


@pytest.fixture
def index() -> Index:
    """Return an index of three items: two in BF, two about water."""
    tags = [
        ["country:BF", "sector:water"],
        ["country:TG", "sector:water"],
        ["country:BF", "sector:health"],
    ]
    return Index.of(Row(item=n, keys=(n,), tags=each) for n, each in enumerate(tags, 1))


def items(index: Index, kept: facets.Mask) -> list[int]:
    return [int(item) for item in index.items_of(kept, key=0)]


def test_the_example_in_the_docstring_of_the_package_is_correct() -> None:
    assert doctest.testmod(facets).failed == 0


def test_without_any_chosen_value_all_items_are_selected_and_counted(index: Index) -> None:
    selection = select(index, {}, facets=["country"])
    assert items(index, selection.kept) == [3, 2, 1]
    assert selection.counts == {"country": {"BF": 2, "TG": 1}}


def test_items_must_have_one_of_the_values_chosen_in_each_facet(index: Index) -> None:
    assert items(index, select(index, {"country": ["BF", "TG"]}).kept) == [3, 2, 1]
    chosen = {"country": ["BF"], "sector": ["water"]}
    assert items(index, select(index, chosen).kept) == [1]


def test_the_counts_of_a_facet_ignore_the_values_chosen_in_that_facet(index: Index) -> None:
    selection = select(index, {"country": ["TG"]}, facets=["country", "sector"])
    assert selection.counts == {"country": {"BF": 2, "TG": 1}, "sector": {"water": 1}}


def test_only_items_of_the_given_list_are_selected_and_counted(index: Index) -> None:
    selection = select(index, {"sector": ["water"]}, among=[2, 3, 99], facets=["country"])
    assert items(index, selection.kept) == [2]
    assert selection.counts == {"country": {"TG": 1}}
    assert items(index, select(index, {}, among=[]).kept) == []


def test_an_empty_selection_counts_the_items_found_without_each_chosen_facet(index: Index) -> None:
    selection = select(index, {"country": ["TG"], "sector": ["health"]}, among=[2])
    assert not selection.kept.any()
    assert (selection.without, selection.without_among) == ({"sector": 1}, 0)
    alone = select(index, {"country": ["TG"]}, among=[1])
    assert (alone.without, alone.without_among) == ({"country": 1}, 1)


@given(st.lists(st.tuples(st.sampled_from(COUNTRIES), st.sampled_from(SECTORS)), max_size=12))
def test_the_selected_items_equal_those_of_a_plain_loop_over_the_rows(
    pairs: list[tuple[str, str]],
) -> None:
    rows = [
        Row(item=n, keys=(0,), tags=[f"country:{country}", f"sector:{sector}"])
        for n, (country, sector) in enumerate(pairs)
    ]
    index = Index.of(rows)
    kept = select(index, {"country": ["BF"], "sector": ["water"]}).kept
    assert np.flatnonzero(kept).tolist() == [
        n for n, pair in enumerate(pairs) if pair == ("BF", "water")
    ]
