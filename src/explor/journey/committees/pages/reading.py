"""Texts of the pages of a need before a committee: facts, voting rules, summary of opinions."""

import re
from collections.abc import Iterable
from typing import Any

from explor.journey.needs.models import Need
from explor.journey.needs.pages import facts_of

from ..models import Bylaws, Opinion
from ..rules import scoring

HIDDEN = "l’association"


def facts_for(need: Need, blind: bool) -> list[tuple[str, object]]:
    """Return (label, value) pairs about a need; `blind` hides the name of the association."""
    facts = facts_of(need)
    if not blind:
        return facts
    name = re.compile(re.escape(need.association.name), re.IGNORECASE)
    return [
        (label, name.sub(HIDDEN, value) if isinstance(value, str) else value)
        for label, value in facts
    ]


def voting_rules(bylaws: Bylaws) -> str:
    """Return the voting rules of a committee as a French phrase."""
    majority = str(bylaws.get_majority_display())
    casting = ", voix prépondérante de la présidence" if bylaws.casting else ""
    return f"présence de {bylaws.presence} %, majorité {majority}{casting}"


def spread_of(opinions: Iterable[Opinion], bylaws: Bylaws) -> dict[str, Any]:
    """Return a summary of the final scores, and a badge that describes their spread.

    Keys: `scores` (a `Scores`, None if there is no score), and `tone` and `label` of the badge.
    """
    scores = scoring.summarise([each.score for each in opinions if each.score is not None])
    tone, label = scoring.describe_spread(scores, bylaws.threshold)
    return {"scores": scores, "tone": tone, "label": label}


def means_of(opinions: Iterable[Opinion]) -> list[dict[str, Any]]:
    """Return a dict for each criterion of the grid that has a level in `opinions`.

    Keys: `label`, the `mean`, lowest (`low`) and highest (`high`) of these levels, and `top`, the
    best level; the weakest is 0.
    """
    results: dict[int, list[Any]] = {}
    for opinion in opinions:
        for score in opinion.scores.all():
            if score.level is not None:
                results.setdefault(score.criterion_id, [score.criterion]).append(score.level)
    return [
        {
            "label": criterion.label,
            "mean": sum(levels) / len(levels),
            "top": len(scoring.levels_of(criterion)) - 1,
            "low": min(levels),
            "high": max(levels),
        }
        for criterion, *levels in results.values()
    ]
