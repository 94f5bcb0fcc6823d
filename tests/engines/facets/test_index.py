"""The index of facets gives the same results as loops over the rows, after any change."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explor.engines.facets import Index, Row

DATE, YEAR = 0, 1  # the sort keys of the rows
TAGS = ["pays:BF", "pays:TG", "pays:FR", "secteur:EAU", "secteur:SANTE", "annee:2024", "odd:6"]
ROWS = st.lists(
    st.builds(
        Row,
        item=st.integers(1, 40),
        keys=st.tuples(st.integers(0, 1000), st.sampled_from([0, 2023, 2024])),
        tags=st.lists(st.sampled_from(TAGS), unique=True),
    ),
    unique_by=lambda row: row.item,
    max_size=20,
)


def index_of(rows: list[Row]) -> Index:
    return Index.of(sorted(rows, key=lambda r: r.item), keys=2)


def items_of(index: Index) -> dict[int, tuple[tuple[int, ...], set[str]]]:
    """Return the sort keys and the tags of each item of an index."""
    numbers = np.repeat(np.arange(len(index.tags)), np.diff(index.starts))
    held: dict[int, tuple[tuple[int, ...], set[str]]] = {
        int(item): (tuple(map(int, keys)), set())
        for item, keys in zip(index.items, index.keys, strict=True)
    }
    for number, place in zip(numbers, index.places, strict=True):
        held[int(index.items[place])][1].add(index.tags[number])
    return held


def expected_of(rows: list[Row]) -> dict[int, tuple[tuple[int, ...], set[str]]]:
    return {row.item: (row.keys, set(row.tags)) for row in rows}


@given(ROWS)
def test_an_index_contains_exactly_the_rows_from_which_it_was_built(rows: list[Row]) -> None:
    assert items_of(index_of(rows)) == expected_of(rows)


@given(ROWS, ROWS, st.sets(st.integers(1, 40), max_size=8))
def test_an_updated_index_equals_an_index_rebuilt_from_the_same_rows(
    before: list[Row], changed: list[Row], gone: set[int]
) -> None:
    gone -= {row.item for row in changed}
    rows = {row.item: row for row in before} | {row.item: row for row in changed}
    left = [row for item, row in rows.items() if item not in gone]
    after = index_of(before).after(changed, gone)
    assert items_of(after) == expected_of(left)
    assert after.tags == index_of(left).tags
    assert list(after.order(DATE)) == list(index_of(left).order(DATE))


@given(ROWS, st.data())
def test_the_counts_of_a_facet_equal_those_of_a_plain_loop_over_the_rows(
    rows: list[Row], data: st.DataObject
) -> None:
    index = index_of(rows)
    kept = data.draw(st.sets(st.sampled_from([row.item for row in rows]))) if rows else set()
    mask = np.isin(index.items, list(kept))
    for facet in ("pays", "secteur", "annee", "odd", "reseau"):
        expected: dict[str, int] = {}
        for row in rows:
            for tag in row.tags:
                name, _, value = tag.partition(":")
                if name == facet and row.item in kept:
                    expected[value] = expected.get(value, 0) + 1
        assert index.counts(facet, mask) == expected


@given(ROWS)
def test_the_method_carrying_selects_the_items_that_have_any_of_the_given_values(
    rows: list[Row],
) -> None:
    index = index_of(rows)
    mask = index.carrying("pays", ["BF", "TG", "ZZ"])
    expected = {row.item for row in rows if {"pays:BF", "pays:TG"} & set(row.tags)}
    assert set(index.items[mask].tolist()) == expected


def test_items_of_a_facet_index_are_ordered_from_the_highest_sort_key_to_the_lowest() -> None:
    rows = [
        Row(item=1, keys=(5, 0), tags=[]),
        Row(item=2, keys=(9, 2020), tags=[]),
        Row(item=3, keys=(9, 2024), tags=[]),
    ]
    index = index_of(rows)
    assert index.items[index.order(DATE)].tolist() == [3, 2, 1]
    assert index.items[index.order(YEAR)].tolist() == [3, 2, 1]
    assert index.positions([3, 77, 1]).tolist() == [2, 0]


def test_a_facet_index_is_empty_after_its_only_item_is_removed() -> None:
    alone = index_of([Row(item=4, keys=(1, 2020), tags=["pays:BF"])])
    assert items_of(alone.after([], [4])) == {}


def test_an_empty_facet_index_has_no_counts() -> None:
    index = index_of([])
    assert index.counts("pays") == {}
    assert index.positions([1]).tolist() == []
    assert index.carrying("pays", ["BF"]).tolist() == []
