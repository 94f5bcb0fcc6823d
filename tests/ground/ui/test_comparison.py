"""Comparison of two texts split into words."""

from difflib import SequenceMatcher

import pytest

from explor.ground.ui import comparison
from explor.ground.ui.comparison import steps_between

TEXT = "Former six soignantes à la pesée des enfants de moins de cinq ans".split()


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(1, 2, ["dix"]), (0, 2, []), (12, 12, ["et", "plus"]), (5, 9, ["x"])],
)
def test_comparing_two_texts_gives_the_same_steps_as_the_difflib_library(
    start: int, end: int, words: list[str]
) -> None:
    changed = [*TEXT[:start], *words, *TEXT[end:]]
    expected = SequenceMatcher(a=TEXT, b=changed, autojunk=False).get_opcodes()
    assert steps_between(TEXT, changed) == expected


@pytest.mark.parametrize("repeated", [1, 2, 1000])
def test_the_comparison_of_long_texts_that_repeat_the_same_words_stops_at_a_limit(
    monkeypatch: pytest.MonkeyPatch, repeated: int
) -> None:
    looked: list[int] = []
    find = SequenceMatcher.find_longest_match

    def counted(self: comparison._BoundedMatcher, alo: int, ahi: int, blo: int, bhi: int) -> object:
        looked.append(sum(len(self.b2j.get(word, ())) for word in self.a[alo:ahi]))
        return find(self, alo, ahi, blo, bhi)

    monkeypatch.setattr(SequenceMatcher, "find_longest_match", counted)
    old = [str(at % repeated) for at in range(25_000)]
    new = ["new", *(str(at * 7 % repeated) for at in range(25_000)), "new"]
    steps = steps_between(old, new)
    assert sum(looked) <= comparison.MOST
    assert [word for _, i, j, _, _ in steps for word in old[i:j]] == old
    assert [word for _, _, _, k, m in steps for word in new[k:m]] == new


def test_a_change_in_a_text_too_long_to_compare_is_still_shown_separately() -> None:
    old = ["a"] * 20_000
    assert [step[0] for step in steps_between([*old, "b", *old], [*old, "c", *old])] == [
        "equal", "replace", "equal"
    ]  # fmt: skip
