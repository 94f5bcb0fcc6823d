"""Dates of the missions of one person, against brute force on small calendars."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from explor.engines.matching.planning._schedule import Stay, schedule, smallest_clash
from explor.engines.matching.records import NEVER

segments = st.tuples(st.integers(0, 9), st.integers(0, 5)).map(lambda s: (s[0], s[0] + s[1]))
stays = st.builds(
    Stay, days=st.integers(1, 5), segments=st.lists(segments, min_size=1, max_size=2).map(tuple)
)


def starts_of(stay: Stay) -> list[int]:
    """Return every first day that the stay may have."""
    return [
        day
        for day in range(16)
        if any(first <= day and day + stay.days - 1 <= last for first, last in stay.segments)
    ]


def kept_apart(several: list[Stay], starts: tuple[int, ...]) -> bool:
    days = [
        day
        for stay, start in zip(several, starts, strict=True)
        for day in range(start, start + stay.days)
    ]
    return len(days) == len(set(days))


def earliest_end(several: list[Stay]) -> int | None:
    """Return the earliest day when all stays can be over, by brute force; None if impossible."""
    return min(
        (
            max(start + stay.days for stay, start in zip(several, starts, strict=True))
            for starts in product(*map(starts_of, several))
            if kept_apart(several, starts)
        ),
        default=None,
    )


@given(st.lists(stays, min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_the_function_schedule_dates_missions_whenever_possible_and_ends_them_the_earliest(
    several: list[Stay],
) -> None:
    found, best = schedule(several), earliest_end(several)
    if found is None:
        assert best is None
        return
    assert all(start in starts_of(stay) for stay, start in zip(several, found, strict=True))
    assert kept_apart(several, found)
    assert max(start + stay.days for stay, start in zip(several, found, strict=True)) == best


@given(st.lists(stays, min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_missions_of_the_smallest_clash_can_have_dates_when_any_one_is_removed(
    several: list[Stay],
) -> None:
    if earliest_end(several) is not None:
        return
    clash = smallest_clash(several)
    assert schedule([several[k] for k in clash]) is None
    for spared in clash:
        assert schedule([several[k] for k in clash if k != spared]) is not None


def test_a_mission_without_dates_gives_its_earliest_and_latest_start_days() -> None:
    stay = Stay(days=3, segments=((0, 4), (10, 11), (20, 25)))
    assert (stay.earliest, stay.latest) == (0, 23)
    assert [stay.start_from(day) for day in (0, 2, 3, 21, 23)] == [0, 2, 20, 21, 23]
    assert stay.start_from(24) == NEVER
    assert Stay(days=9, segments=((0, 4),)).earliest == NEVER


def test_no_mission_gives_an_empty_schedule_and_one_too_long_for_its_period_gives_none() -> None:
    assert schedule([]) == ()
    assert schedule([Stay(days=2, segments=((0, 1),))]) == (0,)
    assert schedule([Stay(days=3, segments=((0, 1),))]) is None
