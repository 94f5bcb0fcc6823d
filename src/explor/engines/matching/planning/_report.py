"""Report on a plan: why seats stay empty, and how fair the plan is."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from explor.engines.matching.ranking import RULES
from explor.engines.matching.records import Floats, Ints, Placement, Unfilled

from ._preparation import PlanningProblem
from ._problem import Solution

RULES_FR = {
    "country": "pays fermé",
    "conflict": "conflit d'intérêts",
    "consent": "pas d'accord pour ce réseau",
    "load": "déjà toutes ses missions",
    "scheme": "aucun cadre de départ ouvert",
    "language": "niveau de langue",
    "dates": "pas assez de jours de suite",
}


def unfilled(prepared: PlanningProblem, taken: Ints) -> tuple[Unfilled, ...]:
    """Return the needs that a plan leaves with empty seats, by id, with reasons in French.

    `taken` holds the positions of the (need, expert) pairs of the plan.
    """
    p = prepared.problem
    missing = p.demand - np.bincount(p.need[taken], minlength=p.demand.size)
    entries = [
        Unfilled(
            need=prepared.needs[i].id,
            missing=int(missing[i]),
            reasons=_why(prepared, int(i)),
        )
        for i in np.flatnonzero(missing > 0)
    ]
    return tuple(sorted(entries, key=lambda u: u.need))


def _why(prepared: PlanningProblem, i: int) -> tuple[str, ...]:
    need, roster = prepared.needs[i], prepared.pool.roster
    if not roster.size:
        return ("Aucune personne n'est inscrite.",)
    if need.country in roster.settings.closed_countries:
        return (f"Le pays est fermé aux départs ({need.country}).",)
    eligible = int(prepared.eligible[i])
    if eligible == 1:
        return ("Une seule personne possible, retenue ailleurs ou écartée par un autre choix.",)
    if eligible:
        return (
            f"{eligible} personnes possibles, retenues ailleurs ou écartées par d'autres choix.",
        )
    refused: Counter[str] = Counter()
    for rule in RULES:
        refused[rule.code] += int((~rule.passes(roster, need)).sum())
    counts = [
        f"{RULES_FR[code]} : {count} sur {roster.size}"
        for code, count in refused.most_common()
        if count
    ]
    lead = "Aucune personne ne remplit toutes les conditions."
    return (lead, *(text[0].upper() + text[1:] + "." for text in counts))


def fairness(
    prepared: PlanningProblem, solution: Solution, placed: Sequence[Placement]
) -> Mapping[str, object]:
    """Return the measures of fairness of a plan, by name.

    Keys: `mode`, `floor` and its proven limit `floor_bound`, `worst_score` of a pair,
    `worst_need_mean` (the lowest mean score of a need), `needs_with_nobody`, `by_network` (seats,
    seats filled, their rate and mean score), `load_gini` (the Gini index of the missions of the
    experts sent).
    """
    scores = [a.score for a in placed]
    networks = {need.id: need.network for need in prepared.needs}
    by_network = {}
    for network in sorted(set(networks.values())):
        seats = sum(need.seats for need in prepared.needs if need.network == network)
        mine = [a for a in placed if networks[a.need] == network]
        by_network[network] = {
            "seats": seats,
            "filled": len(mine),
            "rate": round(len(mine) / seats, 4) if seats else None,
            "mean_score": round(sum(a.score for a in mine) / len(mine), 4) if mine else None,
        }
    missions = Counter(a.expert for a in placed)
    return {
        "mode": prepared.pool.settings.fairness,
        "floor": solution.floor,
        "floor_bound": solution.floor_bound,
        "worst_score": min(scores, default=None),
        "worst_need_mean": _worst_need(placed),
        "needs_with_nobody": len(prepared.needs) - len({a.need for a in placed}),
        "by_network": by_network,
        "load_gini": gini(np.array(sorted(missions.values()), dtype=np.float64)),
    }


def _worst_need(placed: Sequence[Placement]) -> float | None:
    of: dict[str, list[float]] = {}
    for a in placed:
        of.setdefault(a.need, []).append(a.score)
    return round(min(sum(s) / len(s) for s in of.values()), 4) if of else None


def gini(values: Floats) -> float:
    """Return the Gini index: 0 when all values are equal, near 1 when one value is the total.

    `values` must be sorted in increasing order; the result is 0 when there is no value, or when all
    are 0.
    """
    if not values.size or not values.sum():
        return 0.0
    rank = np.arange(1, values.size + 1)
    spread = 2 * (rank * values).sum() / values.sum() - (values.size + 1)
    return round(float(spread / values.size), 4)
