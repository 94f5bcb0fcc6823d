"""Coordinates of the progress arc, lengths of score bars, and time until a date in words."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explor.ground.ui import figures


def ends(path: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the first and last points of a path of the form `M x y Q x y x y`."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return (numbers[0], numbers[1]), (numbers[4], numbers[5])


def test_the_progress_arc_is_symmetrical_with_its_highest_point_in_the_middle():
    arc = figures.arc(["done", "present", "next"])
    assert [(dot.x, dot.y) for dot in arc.dots] == [(166.7, 52.2), (500.0, 14.0), (833.3, 52.2)]


def test_the_completed_path_of_the_progress_arc_ends_at_the_current_step():
    arc = figures.arc(["done", "done", "skipped", "present", "next"])
    here = (arc.dots[3].x, arc.dots[3].y)
    assert ends(arc.past) == ((arc.dots[0].x, arc.dots[0].y), here)
    assert ends(arc.ahead) == (here, (arc.dots[4].x, arc.dots[4].y))


def test_the_progress_arc_of_a_closed_need_has_no_path_of_steps_to_come():
    start, end = ends(figures.arc(["done", "done"]).ahead)
    assert start == end


def test_the_progress_arc_of_a_need_not_begun_has_no_path_of_completed_steps():
    start, end = ends(figures.arc(["next", "next"]).past)
    assert start == end


@given(
    start=st.floats(0.05, 0.9), share=st.floats(0.05, 1), at=st.floats(0, 1, allow_subnormal=False)
)
def test_each_section_of_the_progress_arc_lies_on_the_full_curve(start, share, at):
    """Check that any point of a piece is also on the whole curve."""
    end = start + (1 - start) * share
    x0, y0, x1, y1, x2, y2 = map(float, re.findall(r"-?[\d.]+", figures._piece(start, end)))
    x = (1 - at) ** 2 * x0 + 2 * at * (1 - at) * x1 + at**2 * x2
    y = (1 - at) ** 2 * y0 + 2 * at * (1 - at) * y1 + at**2 * y2
    t = x / figures.WIDTH
    assert y == pytest.approx(figures.HEIGHT - figures.RISE * 4 * t * (1 - t), abs=0.3)


def test_the_bars_of_a_score_are_drawn_on_one_scale():
    parts = [{"value": 32, "max": 40}, {"value": 5, "max": 20}, {"value": 9, "max": 8}]
    drawn = figures.bars(parts)
    assert [(part["room"], part["got"]) for part in drawn] == [(100, 80), (50, 12.5), (20, 20)]


def test_a_score_without_parts_has_no_bars():
    assert figures.bars([{"value": 0, "max": 0}]) == [
        {"value": 0, "max": 0, "room": 0.0, "got": 0.0}
    ]
    assert figures.bars([]) == []


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, ""),
        (date(2027, 4, 2), "en retard de 3 jours"),
        (date(2027, 4, 4), "en retard de 1 jour"),
        (date(2027, 4, 5), "aujourd’hui"),
        (date(2027, 4, 6), "demain"),
        (date(2027, 4, 12), "dans 7 jours"),
        (date(2027, 4, 13), ""),
        (datetime(2027, 4, 5, 22, 30, tzinfo=UTC), "demain"),  # 00:30 in Paris
    ],
)
def test_the_time_until_a_near_or_past_date_is_described_in_words(
    time_machine_at_noon, until, words
):
    assert figures.delay(until) == words
