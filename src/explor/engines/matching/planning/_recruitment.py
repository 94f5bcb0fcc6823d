"""Profiles to recruit: the gain for the plan from one more expert of each plausible profile.

A profile is a skill, languages, a period and a network, taken from the needs. The prices of seats
in the linear relaxation show which profiles are promising. The best ones are added to the season,
which is solved again, so that their value is exact. In a very large season, only the pairs whose
cost is near these prices are solved again: the value is then a lower bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from explor.engines.french.dates import month_fr
from explor.engines.matching.ranking import Closeness, Parts, eligible, weights_for
from explor.engines.matching.records import (
    Bools,
    Expert,
    Floats,
    Ints,
    Language,
    Need,
    Period,
    Plan,
    Roster,
    Settings,
    Wanted,
    language_fr,
    level_rank,
)

from . import _flow as flow
from . import _mixed as mixed
from ._clashes import clashes_of
from ._highs import TimeOut
from ._preparation import PlanningProblem, plan_scores
from ._problem import UNPROVEN, Clock, PlanScore, Problem, Rows, Solution, plan_score

TRIED = 3  # number of profiles tried for each profile requested
ORDINARY_TEXT = 0.5  # the text part of the score of a person who does not exist yet
NEAR = 0.9  # minimum closeness of codes at which a job family suits a skill
LARGE = 50_000  # number of pairs above which only pairs near the prices are solved
REACH = 0.05  # maximum reduced cost of a pair near the prices, in units of score


@dataclass(frozen=True, kw_only=True)
class _Profile:
    """An expert to recruit; `scores` is the score expected for each need, NaN when not eligible."""

    person: Expert
    scores: Floats

    @property
    def label(self) -> str:
        """Return the French words that name the profile: skill, languages, months, network."""
        return self.person.id

    def speaks(self, required: Language) -> bool:
        """Return whether this expert speaks a language at the required level or above."""
        return any(
            each.code == required.code and level_rank(each.level) >= level_rank(required.level)
            for each in self.person.languages
        )


def wanted(
    prepared: PlanningProblem, solution: Solution, settings: Settings, clock: Clock
) -> tuple[Wanted, ...]:
    """Return the profiles of people to recruit to fill more seats, the most useful first.

    There are `settings.wanted` at most, and none when every seat is filled.
    """
    short = plan_score(prepared.problem, solution.taken).unfilled
    if not settings.wanted or not short:
        return ()
    profiles = _profiles(prepared.needs, settings)
    prices, reached = _prices(prepared.problem, solution, clock)
    prepared, solution = _within(prepared, solution, reached)
    hopes = [np.nan_to_num(p.scores + prices, nan=0.0, neginf=0.0).clip(0) for p in profiles]
    promise = [float(hope.max()) for hope in hopes]
    order = sorted(
        range(len(profiles)),
        key=lambda k: (-promise[k], -np.count_nonzero(hopes[k]), profiles[k].label),
    )
    confirmed_profiles = []
    for k in order[: TRIED * settings.wanted]:
        if promise[k] <= 0 or clock.out():
            break
        confirmed = _confirmed(prepared, solution, profiles[k], clock)
        if confirmed is not None:
            confirmed_profiles.append(confirmed)
    confirmed_profiles.sort(key=lambda w: (-w.value, -w.gain, w.expertise))
    return tuple(confirmed_profiles[: settings.wanted])


def _profiles(needs: Sequence[Need], settings: Settings) -> list[_Profile]:
    """Return the distinct experts that the needs call for, each with a score for every need."""
    people: dict[str, Expert] = {}
    for need in needs:
        label, person = _profile_of(need)
        people.setdefault(label, person)
    roster = Roster(list(people.values()), settings)
    parts = Parts(roster)
    table = np.full((roster.size, len(needs)), np.nan)
    for i, need in enumerate(needs):
        fit = eligible(roster, need)
        weights = weights_for(need, settings.weights)
        text = np.full(roster.size, ORDINARY_TEXT)
        raw = parts.of(need, text, roster.runs(need))
        total = sum((weights[name] * values for name, values in raw.items()), np.zeros(roster.size))
        near = raw["skills"] > 0 if need.skills else np.ones(roster.size, dtype=np.bool_)
        useful = fit & near
        table[useful, i] = plan_scores(need, total[useful])
    return [_Profile(person=person, scores=table[k]) for k, person in enumerate(roster.experts)]


def _profile_of(need: Need) -> tuple[str, Expert]:
    spoken = {language.code: language for language in (*need.team_languages, *need.languages)}
    period = _months(need.window)
    pieces = [
        (*need.skills, *need.sectors, "toute compétence")[0],
        *(f"{language_fr(code)} {spoken[code].level}" for code in sorted(spoken)),
        _period_fr(period),
        *([f"réseau {need.network}"] if need.network else []),
    ]
    person = Expert(
        id=" · ".join(pieces),
        skills=need.skills[:1],
        sectors=need.sectors,
        languages=tuple(Language(code=c, level=spoken[c].level) for c in sorted(spoken)),
        availability=(period,),
        network=need.network,
        missions_done=1,
    )
    return person.id, person


def _months(window: Period) -> Period:
    """Return the period of the whole months that contain the dates `window`."""
    after = (window.end.replace(day=28) + timedelta(days=4)).replace(day=1)
    return Period(start=window.start.replace(day=1), end=after - timedelta(days=1))


def _period_fr(period: Period) -> str:
    first, last = month_fr(period.start), month_fr(period.end)
    return first if first == last else f"{first} à {last}"


def _prices(p: Problem, solution: Solution, clock: Clock) -> tuple[Floats, Bools]:
    """Return, per need, the gain in total score from one more expert; and a mask of pairs.

    The mask marks the (need, expert) pairs worth solving again: all of them in a season of ordinary
    size. The gain is minus infinity for a need without a seat to fill.
    """
    top = max(1.0, float(p.score.max(initial=0.0)))
    prices = mixed.Prices(seat=10 * top, nobody=10 * top)
    model = mixed.build(p, prices)
    needs = p.demand.size
    try:
        relaxed = mixed.relaxed(model, clock)
    except TimeOut:
        missing = p.demand > np.bincount(p.need[solution.taken], minlength=needs)
        return np.where(missing, prices.seat, -np.inf), np.ones(p.need.size, dtype=np.bool_)
    within = relaxed.reduced[: p.need.size] <= (REACH if p.need.size > LARGE else np.inf)
    return np.where(p.demand > 0, relaxed.prices[:needs], -np.inf), within


def _within(
    prepared: PlanningProblem, solution: Solution, reached: Bools
) -> tuple[PlanningProblem, Solution]:
    """Return the problem and solution restricted to pairs taken or in the mask `reached`."""
    keep = reached.copy()
    keep[solution.taken] = True
    taken = (np.cumsum(keep) - 1)[solution.taken]
    few = replace(prepared, problem=prepared.problem.only(keep), stays=prepared.stays.only(keep))
    return few, replace(solution, taken=taken)


def _confirmed(
    prepared: PlanningProblem, solution: Solution, profile: _Profile, clock: Clock
) -> Wanted | None:
    """Return the gain for the plan from an expert with this profile; None if it fills no seat.

    The problem is solved again with such an expert: `gain` is for one mission, `value` and `needs`
    are for as many missions as possible. The result is also None when this is not proven in time.
    """
    p = prepared.problem
    before = plan_score(p, solution.taken)
    one = _solved_with(prepared, profile, 1, clock)
    if one is None or one[0].unfilled >= before.unfilled:
        return None
    several = _solved_with(prepared, profile, int(np.isfinite(profile.scores).sum()), clock)
    if several is None:
        return None
    gain = round(one[0].total - before.total, 4)
    value = before.unfilled - several[0].unfilled
    filled = np.bincount(p.need[solution.taken], minlength=p.demand.size)
    more = [prepared.needs[i].id for i in np.flatnonzero(several[1] > filled)]
    return Wanted(
        expertise=profile.label,
        value=value,
        gain=gain,
        needs=tuple(sorted(more)),
        text=_sentence(profile.label, len(more)),
    )


def _solved_with(
    prepared: PlanningProblem, profile: _Profile, load: int, clock: Clock
) -> tuple[PlanScore, Ints] | None:
    """Solve the problem again with one more expert, who can do `load` missions.

    Returns the figures of the best plan, and its number of people per need; None when its
    optimality is not proven in time. The scores of this expert are those of the profile.
    """
    p, scores = prepared.problem, profile.scores
    able = np.flatnonzero(np.isfinite(scores) & (p.demand > 0))
    size = able.size
    added = p.need.size + np.arange(size)  # the pairs of the recruit, one per need
    more = replace(
        p,
        covers=tuple(
            (i, np.append(pairs, added[(able == i) & profile.speaks(spoken)]))
            for (i, pairs), spoken in zip(p.covers, prepared.cover_languages, strict=True)
        ),
        need=np.append(p.need, able),
        expert=np.append(p.expert, np.full(size, p.load.size)),
        score=np.append(p.score, scores[able]),
        load=np.append(p.load, load),
        team=np.append(p.team, np.full(size, -1)),
        kept=np.append(p.kept, np.zeros(size, dtype=np.bool_)),
    )
    solution = _dated(prepared, more, clock)
    if solution.status == UNPROVEN:
        return None
    return plan_score(more, solution.taken), np.bincount(
        more.need[solution.taken], minlength=p.demand.size
    )


def _dated(prepared: PlanningProblem, more: Problem, clock: Clock) -> Solution:
    """Return the best solution of `more` in which the missions of each expert do not overlap.

    `more` is the problem of `prepared` with the pairs of a person to recruit added; the dates of
    this person are not checked. The solution may be unproven when the time is over.
    """
    while True:
        solution = mixed.solve(more, clock) if more.rows or more.covers else flow.solve(more)
        # The pairs of the recruit come last and have the dates of the need.
        present = solution.taken[solution.taken < prepared.problem.need.size]
        clashes = clashes_of(prepared, present)
        if solution.status == UNPROVEN or not clashes:
            return solution
        more = replace(more, rows=more.rows.plus(Rows.sets(clashes)))


def _sentence(label: str, needs: int) -> str:
    label = label[:1].upper() + label[1:]
    sentence = (
        "un besoin devient possible" if needs == 1 else f"{needs} besoins deviennent possibles"
    )
    return f"{label} : {sentence}."


def would_serve(
    skills: Sequence[str], needs: Sequence[Need], plan: Plan, settings: Settings
) -> tuple[str, ...]:
    """Return the sorted ids of the needs with empty seats that require a skill close to `skills`.

    `skills` are, for example, the job families of an employer.
    """
    short = {u.need for u in plan.unfilled}
    closeness = Closeness([tuple(skills)], settings.skills)
    return tuple(
        sorted(
            need.id
            for need in needs
            if need.id in short
            and any(float(closeness.coverage([skill])[0]) >= NEAR for skill in need.skills)
        )
    )
