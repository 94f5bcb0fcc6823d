"""The nearest known word to a mistyped one: one fault in a word, two in a long one."""

from collections.abc import Iterable

SHORT, LONG = 6, 9  # letters: a shorter word has one fault at most, a longer one two


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the word of `known` with the fewest faults from `word`, "" when none is near enough.

    The first of `known` wins between equals. A first letter is rarely mistyped: a word with the
    same one wins over another.
    """
    most = 2 if len(word) >= LONG else 1
    faults = ((distance(word, each), each[:1] != word[:1], each) for each in known)
    near = [each for each in faults if each[0] <= most]
    return min(near, key=lambda each: each[:2])[2] if near else ""


def distance(one: str, other: str) -> int:
    """Return how many letters are dropped, added, replaced, or swapped with the next one."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, previous, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
    return row[-1]


def slips(word: str) -> list[str]:
    """Return the words of which `word` is a slip of the hand: two letters swapped, or one added.

    Short words then share few groups of three letters with the right one: trigrams miss them.
    """
    swapped = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
    dropped = [word[:at] + word[at + 1 :] for at in range(len(word))]
    return [each for each in dict.fromkeys([*swapped, *dropped]) if each != word]
