"""The 17 Sustainable Development Goals, with the short French labels of the United Nations."""

import re

from ._sheet import Goal
from ._text import fold

GOALS = {
    1: "Pas de pauvreté",
    2: "Faim « zéro »",
    3: "Bonne santé et bien-être",
    4: "Éducation de qualité",
    5: "Égalité entre les sexes",
    6: "Eau propre et assainissement",
    7: "Énergie propre et d'un coût abordable",
    8: "Travail décent et croissance économique",
    9: "Industrie, innovation et infrastructure",
    10: "Inégalités réduites",
    11: "Villes et communautés durables",
    12: "Consommation et production responsables",
    13: "Mesures relatives à la lutte contre les changements climatiques",
    14: "Vie aquatique",
    15: "Vie terrestre",
    16: "Paix, justice et institutions efficaces",
    17: "Partenariats pour la réalisation des objectifs",
}
WEIGHTS = {2: "principal", 1: "significatif"}
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
