"""The 17 Sustainable Development Goals, with the short French labels of the United Nations."""

import re
from functools import lru_cache

from ._sheet import GOALS, WEIGHTS, Goal
from ._text import fold

_NUMBER = re.compile(r"(?<![\d.])(\d{1,2})(?!\d)")


def parse_goals(text: str) -> tuple[tuple[Goal, ...], tuple[str, ...]]:
    """Return the goals given by number (« ODD 4, 17 ») or by label, and the faults in French."""
    matches = list(_NUMBER.finditer(text))
    if not matches:
        return _by_label(text)
    goals, faults = [], []
    ends = [match.start() for match in matches[1:]] + [len(text)]
    for match, end in zip(matches, ends, strict=True):
        number = int(match[1])
        if number in GOALS:
            goals.append(Goal(number=number, weight=_weight(text[match.end() : end])))
        else:
            faults.append(f"ODD inconnu : « {number} » (de 1 à 17)")
    return tuple(goals), tuple(faults)


@lru_cache(maxsize=100)  # what separates two goals is nearly always a comma
def _weight(text: str) -> int | None:
    words = fold(text).split()
    return next((weight for weight, name in WEIGHTS.items() if name in words), None)


def _by_label(text: str) -> tuple[tuple[Goal, ...], tuple[str, ...]]:
    folded = fold(text)
    places = {number: folded.find(fold(label)) for number, label in GOALS.items()}
    known = sorted((place, number) for number, place in places.items() if place >= 0)
    if not known:
        return (), (f"ODD inconnu : « {text[:60]} » (attendu : un numéro de 1 à 17)",)
    ends = [place for place, _ in known[1:]] + [len(folded)]
    goals = [
        Goal(number=number, weight=_weight(folded[place:end]))
        for (place, number), end in zip(known, ends, strict=True)
    ]
    return tuple(goals), ()


def show_goal(goal: Goal) -> str:
    """Return the number and the label of a goal, such as « 4 Éducation de qualité »."""
    return f"{goal.number} {GOALS[goal.number]}"
