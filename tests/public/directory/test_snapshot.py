"""The snapshot counts what plain loops over the rows would count, whatever changed."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explor.public.directory.queries.snapshot import Row, Snapshot

DAY = date(2026, 11, 23)
TAGS = ["pays:BF", "pays:TG", "pays:FR", "secteur:EAU", "secteur:SANTE", "annee:2024", "odd:6"]
ROWS = st.lists(
    st.builds(
        Row,
        sheet=st.integers(1, 40),
        published=st.integers(0, 1000),
        year=st.sampled_from([0, 2023, 2024]),
        tags=st.lists(st.sampled_from(TAGS), unique=True),
    ),
    unique_by=lambda row: row.sheet,
    max_size=20,
)


def built(rows: list[Row]) -> Snapshot:
    return Snapshot.of(sorted(rows, key=lambda r: r.sheet), edition=1, day=DAY)


def told(snapshot: Snapshot) -> dict[int, tuple[int, int, set[str]]]:
    """What a snapshot holds, read back sheet by sheet."""
    names = np.repeat(np.arange(len(snapshot.tags)), np.diff(snapshot.starts))
    held: dict[int, tuple[int, int, set[str]]] = {
        int(sheet): (int(published), int(year), set())
        for sheet, published, year in zip(
            snapshot.ids, snapshot.published, snapshot.years, strict=True
        )
    }
    for tag, place in zip(names, snapshot.places, strict=True):
        held[int(snapshot.ids[place])][2].add(snapshot.tags[tag])
    return held


def plain(rows: list[Row]) -> dict[int, tuple[int, int, set[str]]]:
    return {row.sheet: (row.published, row.year, set(row.tags)) for row in rows}


@given(ROWS)
def test_a_snapshot_holds_what_it_was_given(rows: list[Row]) -> None:
    assert told(built(rows)) == plain(rows)


@given(ROWS, ROWS, st.sets(st.integers(1, 40), max_size=8))
def test_after_changes_it_is_what_reading_it_all_again_gives(
    before: list[Row], changed: list[Row], gone: set[int]
) -> None:
    gone -= {row.sheet for row in changed}
    rows = {row.sheet: row for row in before} | {row.sheet: row for row in changed}
    left = [row for sheet, row in rows.items() if sheet not in gone]
    after = built(before).after(changed, gone, edition=2)
    assert told(after) == plain(left)
    assert after.edition == 2
    assert after.tags == built(left).tags
    assert list(after.latest) == list(built(left).latest)


@given(ROWS, st.data())
def test_a_facet_counts_as_a_loop_would(rows: list[Row], data: st.DataObject) -> None:
    snapshot = built(rows)
    kept = data.draw(st.sets(st.sampled_from([row.sheet for row in rows]))) if rows else set()
    mask = np.isin(snapshot.ids, list(kept))
    for facet in ("pays", "secteur", "annee", "odd", "reseau"):
        expected: dict[str, int] = {}
        for row in rows:
            for tag in row.tags:
                name, _, value = tag.partition(":")
                if name == facet and row.sheet in kept:
                    expected[value] = expected.get(value, 0) + 1
        assert snapshot.counts(facet, mask) == expected


@given(ROWS)
def test_values_of_a_facet_are_alternatives(rows: list[Row]) -> None:
    snapshot = built(rows)
    mask = snapshot.bearing("pays", ["BF", "TG", "ZZ"])
    expected = {row.sheet for row in rows if {"pays:BF", "pays:TG"} & set(row.tags)}
    assert set(snapshot.ids[mask].tolist()) == expected


def test_orders_put_the_latest_first_and_the_undated_last() -> None:
    rows = [
        Row(sheet=1, published=5, year=0, tags=[]),
        Row(sheet=2, published=9, year=2020, tags=[]),
        Row(sheet=3, published=9, year=2024, tags=[]),
    ]
    snapshot = built(rows)
    assert snapshot.ids[snapshot.latest].tolist() == [3, 2, 1]
    assert snapshot.ids[snapshot.by_year].tolist() == [3, 2, 1]
    assert snapshot.positions([3, 77, 1]).tolist() == [2, 0]


def test_the_last_sheet_may_go() -> None:
    alone = built([Row(sheet=4, published=1, year=2020, tags=["pays:BF"])])
    assert told(alone.after([], [4], edition=2)) == {}


def test_an_empty_directory_answers() -> None:
    snapshot = built([])
    assert snapshot.counts("pays") == {}
    assert snapshot.positions([1]).tolist() == []
    assert snapshot.bearing("pays", ["BF"]).tolist() == []
