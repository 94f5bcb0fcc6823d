"""The nearest known word to a mistyped one."""

import pytest

from explor.engines.french.spelling import distance, nearest


@pytest.mark.parametrize(
    ("one", "other", "faults"),
    [
        ("puits", "puits", 0),
        ("puit", "puits", 1),
        ("puiits", "puits", 1),
        ("pusits", "puits", 1),
        ("puist", "puits", 1),
        ("poits", "puits", 1),
        ("", "puits", 5),
        ("reccylage", "recyclage", 1),
        ("rcyclaeg", "recyclage", 2),
    ],
)
def test_a_letter_dropped_added_replaced_or_swapped_is_one_fault(
    one: str, other: str, faults: int
) -> None:
    assert distance(one, other) == distance(other, one) == faults


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("pasan", ["paysan", "passant"], "paysan"),
        ("gouverenr", ["gouverner", "gouvernance"], "gouverner"),
        ("reccylage", ["recyclage"], "recyclage"),
        ("culte", ["culture"], ""),
        ("charite", ["chariot"], ""),
        ("ferier", ["serier", "ferrier"], "ferrier"),
        ("zzzz", [], ""),
    ],
)
def test_a_short_word_has_one_fault_and_a_long_one_two(
    word: str, known: list[str], found: str
) -> None:
    assert nearest(word, known) == found
