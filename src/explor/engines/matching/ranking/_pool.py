"""The pool: the experts of a season, indexed once so they can be ranked for any need."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from explor.engines.matching.records import (
    NEVER,
    Bools,
    Candidate,
    Expert,
    Floats,
    Need,
    Roster,
    Runs,
    Settings,
    day,
)
from explor.engines.matching.text import index_of

from . import _changes as changes
from . import _eligibility as eligibility
from ._evidence import Evidence
from ._parts import Parts, weights_for
from ._reasons import reasons


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The eligibility and the score of each expert of a pool for one need, in pool order.

    `parts` are weighted: their sum is `score`. `runs` are the days on which each expert is
    available.
    """

    eligible: Bools
    score: Floats
    parts: dict[str, Floats]
    runs: Runs


def units_of(expert: Expert) -> list[str]:
    """Return the texts of an expert to compare with needs: lines of the profile, then skills."""
    lines = expert.text.splitlines() if isinstance(expert.text, str) else list(expert.text)
    return [line.strip() for line in lines if line.strip()] + list(expert.skills)


def text_of(need: Need) -> str:
    """Return the text of a need that is compared with profiles: title, text, skills."""
    return "\n".join(part for part in (need.title, need.text, *need.skills) if part)


class Pool:
    """The experts of a season (a call for projects), indexed once to be ranked for any need.

    A ranking or an update then takes milliseconds. Raises ValueError when two experts have the same
    id.
    """

    def __init__(self, experts: Sequence[Expert], settings: Settings) -> None:
        self.experts = list(experts)
        self.settings = settings
        self.place = {expert.id: i for i, expert in enumerate(self.experts)}
        if len(self.place) < len(self.experts):
            raise ValueError("two experts have the same id")
        units = [units_of(expert) for expert in self.experts]
        self.index = index_of(units, settings.embeddings, settings.cache)
        self.roster = Roster(self.experts, self.settings)
        self.parts = Parts(self.roster)

    def update(self, expert: Expert) -> None:
        """Replace the expert with the same id, without building the index again.

        Raises KeyError when the pool has no expert with this id.
        """
        i = self.place[expert.id]
        if units_of(expert) != units_of(self.experts[i]):
            self.index.update(i, units_of(expert))
        self.experts[i] = expert
        self.roster.replace(i, expert)
        self.parts.replace(i)

    def judge(self, need: Need, text: Floats | None = None) -> Judged:
        """Return whether each expert is eligible for a need, and their scores.

        `text` is the text part of the score of each expert, from 0 to 1; it is computed when None.
        """
        text_scores = self.index.scores_and_terms(text_of(need))[0] if text is None else text
        runs = self.roster.runs(need)
        weights = weights_for(need, self.settings.weights)
        raw = self.parts.of(need, np.asarray(text_scores, dtype=np.float64), runs)
        parts = {name: np.round(weights[name] * values, 6) for name, values in raw.items()}
        score = np.zeros(self.roster.size)
        for values in parts.values():
            score = score + values
        return Judged(
            eligible=eligibility.eligible(self.roster, need), score=score, parts=parts, runs=runs
        )

    def rank(self, need: Need, top: int | None = None) -> list[Candidate]:
        """Return the first `top` candidates (None: all) for a need, with explanations.

        Eligible experts come first, then the best scores, then by id.
        """
        judged = self.judge(need)
        return self.explain(need, judged, self.order(judged)[:top])

    def order(self, judged: Judged) -> list[int]:
        """Return the positions of all experts: eligible first, then by best score, then by id.

        `judged` is the result of `judge` for a need.
        """
        ids = np.array([expert.id for expert in self.experts])
        best: list[int] = np.lexsort((ids, -judged.score, ~judged.eligible)).tolist()
        return best

    def under(self, settings: Settings) -> "Pool":
        """Return a pool of the same experts and index, with other weights or closed countries.

        `settings` must have the same day and the same taxonomies as the current settings.
        """
        other = copy(self)
        other.settings = settings
        other.roster = copy(self.roster)
        other.roster.settings = settings
        other.parts = copy(self.parts)
        other.parts.roster = other.roster
        return other

    def why(self, need: Need, expert: str) -> Candidate:
        """Return the score and the explanations of the expert with this id for a need.

        Raises KeyError when the pool has no such expert.
        """
        return self.explain(need, self.judge(need), [self.place[expert]])[0]

    def explain(self, need: Need, judged: Judged, who: Sequence[int]) -> list[Candidate]:
        """Return the score and explanations of the experts at the positions `who`, in that order.

        `judged` is the result of `judge` for the need.
        """
        refused = eligibility.blockers(self.roster, need, who)
        evidence = Evidence(self.index, text_of(need))
        plain = [
            self._candidate(need, judged, evidence, i, refusals)
            for i, refusals in zip(who, refused, strict=True)
        ]
        return [
            replace(candidate, fits_if=changes.fits_if(self.roster, need, candidate, i))
            for candidate, i in zip(plain, who, strict=True)
        ]

    def _candidate(
        self,
        need: Need,
        judged: Judged,
        evidence: Evidence,
        i: int,
        refusals: list[tuple[str, str]],
    ) -> Candidate:
        parts = {name: float(values[i]) for name, values in judged.parts.items()}
        first = int(judged.runs.first[i])
        quotes = evidence.quotes(i)
        return Candidate(
            expert=self.experts[i].id,
            eligible=not refusals,
            score=sum(parts.values()),
            parts=parts,
            reasons=reasons(self.roster, need, i, parts, quotes, judged.runs),
            blockers=tuple(text for _, text in refusals),
            blocked_by=tuple(code for code, _ in refusals),
            quotes=quotes,
            signals=evidence.shares(i),
            uncertain=evidence.thin(i),
            evidence=len(self.index.profiles[i]),
            start=day(first),
            end=day(first + need.days - 1 if first < NEVER else NEVER),
        )


def rank(
    need: Need, experts: Sequence[Expert], settings: Settings, *, top: int | None = None
) -> list[Candidate]:
    """Return the first `top` experts (None: all) for a need, with reasons.

    Eligible experts come first, then the best scores, then by id. For many needs with the same
    experts, build one `Pool` and call its method `rank`. Raises ValueError when two experts have
    the same id, or for weights that `weights_for` refuses.
    """
    return Pool(experts, settings).rank(need, top)
