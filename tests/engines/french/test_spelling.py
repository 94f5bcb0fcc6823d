"""The nearest known word to a mistyped one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explor.engines.french.spelling import distance, nearest, slips


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


@given(word=st.text("abcdeo", min_size=1, max_size=12))
def test_a_slip_of_the_hand_is_one_fault_away(word: str) -> None:
    assert {distance(word, each) for each in slips(word)} <= {1}


@given(word=st.text("abcdeo", min_size=2, max_size=12), data=st.data())
def test_two_letters_swapped_or_one_typed_twice_are_put_right(
    word: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    doubled = word[: at + 1] + word[at:]
    assert swapped == word or word in slips(swapped)
    assert word in slips(doubled)
