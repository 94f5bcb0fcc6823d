"""The parts of the score of an expert for a need, each on a fixed scale from 0 to 1."""

from collections.abc import Mapping

import numpy as np

from explor.engines.matching.records import PARTS, Floats, Need, Roster, Runs, level_rank

from ._codes import Closeness

SLACK_DAYS = 21  # spare days beyond this add nothing
LEVELS_BEYOND = 2  # levels above the minimum that give the maximum of this part


class Parts:
    """Computation of the parts of the score (skills, dates...) of all experts for a need.

    The text part is computed elsewhere.
    """

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        settings = roster.settings
        self.skills = Closeness([e.skills for e in roster.experts], settings.skills)
        self.sectors = Closeness([e.sectors for e in roster.experts], settings.sectors)
        self.newcomers = np.array([self._newcomer(i) for i in range(roster.size)])

    def replace(self, i: int) -> None:
        """Recompute the stored values of expert `i`, who was just replaced in the roster."""
        expert = self.roster.experts[i]
        self.skills.replace(i, expert.skills)
        self.sectors.replace(i, expert.sectors)
        self.newcomers[i] = self._newcomer(i)

    def _newcomer(self, i: int) -> float:
        """Return the value (1, 0.5 or 0) of the score part "newcomers" for expert `i`.

        The value is 1 without any past mission, 0.5 when the last mission was
        `Settings.dormant_after_days` ago or more, and 0 otherwise.
        """
        expert, settings = self.roster.experts[i], self.roster.settings
        if expert.missions_done == 0:
            return 1.0
        if expert.last_mission is None:
            return 0.0
        dormant = (settings.today - expert.last_mission).days >= settings.dormant_after_days
        return 0.5 if dormant else 0.0

    def of(self, need: Need, text: Floats, runs: Runs) -> dict[str, Floats]:
        """Return the unweighted scores: by part, an array of values from 0 to 1, one per expert.

        `text` is the text part, already computed, copied to the result; `runs` are the days on
        which each expert is available.
        """
        return {
            "text": text,
            "skills": self.skills.coverage(need.skills),
            "sectors": self.sectors.coverage(need.sectors),
            "languages": self._languages(need),
            "country": self._country(need),
            "dates": ((runs.longest - need.days) / SLACK_DAYS).clip(0, 1),
            "newcomers": self.newcomers,
        }

    def _languages(self, need: Need) -> Floats:
        total = np.zeros(self.roster.size)
        for required in need.languages:
            beyond = self.roster.level(required.code).astype(np.int64) - level_rank(required.level)
            total += (beyond / LEVELS_BEYOND).clip(0, 1)
        return total / max(1, len(need.languages))

    def _country(self, need: Need) -> Floats:
        """Return, per expert, 1 for experience of the need's country, 0.5 of its region, else 0.

        The regions are those of `Settings.regions`.
        """
        score = np.zeros(self.roster.size)
        region = self.roster.settings.regions.get(need.country)
        if region is not None:
            for code, who in self.roster.knows.items():
                if self.roster.settings.regions.get(code) == region:
                    score[list(who)] = 0.5
        score[list(self.roster.knows.get(need.country, ()))] = 1.0
        return score


def weights_for(need: Need, weights: Mapping[str, float]) -> dict[str, float]:
    """Return the weights of the parts of the score for a need, scaled so that their sum is 1.

    A part without requirements in the need, such as languages, has the weight 0, and the other
    parts share its weight. Raises ValueError for an unknown part or weights that are negative or
    all zero.
    """
    unknown = sorted(set(weights) - set(PARTS))
    if unknown:
        raise ValueError(f"unknown parts of the score: {', '.join(unknown)}")
    spoken = {
        "text": bool(need.title or need.text),
        "skills": bool(need.skills),
        "sectors": bool(need.sectors),
        "languages": bool(need.languages),
        "country": bool(need.country),
    }
    kept = {part: weights.get(part, 0.0) if spoken.get(part, True) else 0.0 for part in PARTS}
    total = sum(kept.values())
    if min(kept.values()) < 0:
        raise ValueError("weights of the parts must not be negative")
    if total == 0:
        raise ValueError("at least one part this need speaks of must have a weight")
    return {part: weight / total for part, weight in kept.items()}
