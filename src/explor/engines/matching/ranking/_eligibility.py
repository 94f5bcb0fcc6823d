"""Eligibility rules: an expert who fails one is excluded; rules do not change the score.

The function `passes` of a rule tests all experts for one need; `refusal` returns, in French, the
reason why one expert is excluded. Reasons are shown in the order of `RULES`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from explor.engines.french.dates import day_fr
from explor.engines.matching.records import (
    LEVELS,
    Bools,
    Language,
    Need,
    Roster,
    days_fr,
    language_fr,
    level_rank,
    sentence,
)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of eligibility.

    `passes` returns the mask of the experts who pass it for a need; `refusal` returns the French
    sentence that explains why one expert, given by position, does not.
    """

    code: str
    passes: Callable[[Roster, Need], Bools]
    refusal: Callable[[Roster, Need, int], str]


def eligible(roster: Roster, need: Need) -> Bools:
    """Return the mask of the experts who pass every rule for a need."""
    fit = np.ones(roster.size, dtype=np.bool_)
    for rule in RULES:
        fit &= rule.passes(roster, need)
    return fit


def blockers(roster: Roster, need: Need, who: Sequence[int]) -> list[list[tuple[str, str]]]:
    """Return, for each expert at a position in `who`, the rules failed: (code, French sentence)."""
    refusals: list[list[tuple[str, str]]] = [[] for _ in who]
    for rule in RULES:
        passed = rule.passes(roster, need)
        for place, i in enumerate(who):
            if not passed[i]:
                refusals[place].append((rule.code, rule.refusal(roster, need, i)))
    return refusals


def _country_open(roster: Roster, need: Need) -> Bools:
    return np.full(roster.size, need.country not in roster.settings.closed_countries)


def _country_refusal(roster: Roster, need: Need, i: int) -> str:
    return f"Le pays est fermé aux départs ({need.country})."


def _no_conflict(roster: Roster, need: Need) -> Bools:
    free = np.ones(roster.size, dtype=np.bool_)
    for name in {need.id, need.association} - {""}:
        free[list(roster.conflicts.get(name, ()))] = False
    return free


def _conflict_refusal(roster: Roster, need: Need, i: int) -> str:
    with_whom = "ce besoin" if need.id in roster.experts[i].conflicts else "cette association"
    return f"Un conflit d'intérêts est déclaré avec {with_whom}."


def _consents(roster: Roster, need: Need) -> Bools:
    if not need.network or roster.settings.shared_reserve:
        return np.ones(roster.size, dtype=np.bool_)
    members = roster.in_network.get(need.network)
    return np.zeros(roster.size, dtype=np.bool_) if members is None else members


def _consent_refusal(roster: Roster, need: Need, i: int) -> str:
    return f"La personne n'a pas donné son accord pour le réseau {need.network}."


def _has_load(roster: Roster, need: Need) -> Bools:
    return roster.load > 0


def _load_refusal(roster: Roster, need: Need, i: int) -> str:
    return "La personne a déjà toutes les missions qu'elle peut accepter."


def _has_scheme(roster: Roster, need: Need) -> Bools:
    return roster.scheme_limits(need)[0]


def _scheme_refusal(roster: Roster, need: Need, i: int) -> str:
    schemes = roster.schemes_of(need, i)
    filed = [f.file_by for f in schemes if f.verdict != "closed" and f.file_by]
    if filed:
        return f"La date limite de dépôt du congé est passée : {day_fr(max(filed))}."
    whom = " avec l'employeur" if roster.experts[i].employer else ""
    return f"Aucun cadre de départ n'est ouvert{whom}."


def _speaks(roster: Roster, need: Need) -> Bools:
    able = np.ones(roster.size, dtype=np.bool_)
    for required in need.languages:
        able &= roster.level(required.code) >= level_rank(required.level)
    return able


def language_gaps(roster: Roster, need: Need, i: int) -> list[tuple[Language, str]]:
    """Return the languages of a need that expert `i` does not speak at the required level.

    Each item is (language with the required level, declared level or "").
    """
    gaps = []
    for required in need.languages:
        level = int(roster.level(required.code)[i])
        if level < level_rank(required.level):
            gaps.append((required, LEVELS[level - 1] if level else ""))
    return gaps


def _language_refusal(roster: Roster, need: Need, i: int) -> str:
    gaps = [
        f"{language_fr(required.code)} {required.level} demandé, "
        + (f"{level} déclaré" if level else "non déclaré")
        for required, level in language_gaps(roster, need, i)
    ]
    return sentence(" ; ".join(gaps))


def _has_days(roster: Roster, need: Need) -> Bools:
    return roster.runs(need).longest >= need.days


def _days_refusal(roster: Roster, need: Need, i: int) -> str:
    if not roster.experts[i].availability:
        return "Aucune disponibilité n'est déclarée."
    window = f"entre le {day_fr(need.window.start)} et le {day_fr(need.window.end)}"
    longest = max(0, int(roster.runs(need).longest[i]))
    if not longest:
        return f"Aucun jour libre {window}."
    return f"{days_fr(need.days)} de suite demandés {window}, {days_fr(longest)} au plus de libre."


RULES: tuple[Rule, ...] = (
    Rule(code="country", passes=_country_open, refusal=_country_refusal),
    Rule(code="conflict", passes=_no_conflict, refusal=_conflict_refusal),
    Rule(code="consent", passes=_consents, refusal=_consent_refusal),
    Rule(code="load", passes=_has_load, refusal=_load_refusal),
    Rule(code="scheme", passes=_has_scheme, refusal=_scheme_refusal),
    Rule(code="language", passes=_speaks, refusal=_language_refusal),
    Rule(code="dates", passes=_has_days, refusal=_days_refusal),
)
