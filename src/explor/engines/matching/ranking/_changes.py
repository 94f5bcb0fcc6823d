"""The smallest changes that would make a candidate eligible, or raise a low score.

Only feasible changes are proposed: a conflict of interest or a closed country cannot change.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from explor.engines.french.dates import day_fr
from explor.engines.matching.records import (
    LEVELS,
    NEVER,
    Candidate,
    Change,
    Expert,
    Language,
    Need,
    Period,
    Roster,
    days_fr,
    language_fr,
    listed,
    merged,
    scheme_limits,
    sentence,
)

from ._eligibility import language_gaps
from ._parts import Parts, weights_for

GOOD = 0.5  # below this score, an eligible candidate gets suggestions
GAIN = 0.02  # a change that adds less to the score is not shown
SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class Fix:
    """A change that would make an expert suit a need: its French text, and both changed records."""

    text: str
    expert: Expert
    need: Need


Fixer = Callable[[Roster, Need, int, Expert], Iterator[Fix]]


def fits_if(roster: Roster, need: Need, candidate: Candidate, i: int) -> tuple[Change, ...]:
    """Return at most three changes that would make expert `i` eligible or improve the score.

    `candidate` is the result of ranking this expert for the need. The best change comes first. An
    eligible expert with a score of `GOOD` or more has none.
    """
    if candidate.blocked_by:
        fixes = list(_all_fixed(roster, need, candidate.blocked_by, i))
        changes = [Change(change=f.text, score=_score(roster, f, candidate)) for f in fixes]
    elif candidate.score < GOOD:
        fixes = list(_improved(roster, need, i))
        changes = [Change(change=f.text, score=_score(roster, f, candidate)) for f in fixes]
        changes = [change for change in changes if change.score >= candidate.score + GAIN]
    else:
        return ()
    return tuple(sorted(changes, key=lambda c: (-c.score, c.change))[:SHOWN])


def _score(roster: Roster, fix: Fix, before: Candidate) -> float:
    """Return the score of the expert for the need after the change `fix`.

    The part of the score about texts stays that of `before`.
    """
    alone = Roster([fix.expert], roster.settings)
    weights = weights_for(fix.need, roster.settings.weights)
    raw = Parts(alone).of(fix.need, np.zeros(1), alone.runs(fix.need))
    others = sum(round(weights[p] * float(v[0]), 6) for p, v in raw.items() if p != "text")
    return round(before.parts["text"] + others, 6)


def _all_fixed(roster: Roster, need: Need, blocked_by: tuple[str, ...], i: int) -> Iterator[Fix]:
    """Yield changes, each of which makes expert `i` pass all rules failed so far (`blocked_by`).

    Nothing is yielded when a rule cannot be satisfied, such as a conflict of interest.
    """
    if any(code not in FIXERS for code in blocked_by):
        return
    ways = [Fix(text="", expert=roster.experts[i], need=need)]
    for code in blocked_by:
        ways = [
            replace(done, text=f"{way.text}|{done.text}" if way.text else done.text)
            for way in ways
            for done in FIXERS[code](roster, way.need, i, way.expert)
        ]
    for way in ways:
        yield replace(way, text=sentence(listed(way.text.split("|"))))


def _consent(roster: Roster, need: Need, i: int, expert: Expert) -> Iterator[Fix]:
    shared = (*expert.shared_with, need.network)
    text = f"accord de la personne pour le réseau {need.network}"
    yield Fix(text=text, expert=replace(expert, shared_with=shared), need=need)


def _load(roster: Roster, need: Need, i: int, expert: Expert) -> Iterator[Fix]:
    yield Fix(text="une mission de plus que prévu", expert=replace(expert, load=1), need=need)


def _scheme(roster: Roster, need: Need, i: int, expert: Expert) -> Iterator[Fix]:
    text = "un cadre de départ ouvert" + (" avec l'employeur" if expert.employer else "")
    yield Fix(text=text, expert=replace(expert, schemes=()), need=replace(need, schemes={}))


def _language(roster: Roster, need: Need, i: int, expert: Expert) -> Iterator[Fix]:
    gaps = language_gaps(roster, need, i)
    levels = [
        f"{language_fr(required.code)} {level} → {required.level}"
        if level
        else f"{language_fr(required.code)} {required.level}"
        for required, level in gaps
    ]
    learnt = (*expert.languages, *(required for required, _ in gaps))
    yield Fix(text=listed(levels), expert=replace(expert, languages=learnt), need=need)


def _dates(roster: Roster, need: Need, i: int, expert: Expert) -> Iterator[Fix]:
    """Yield changes of dates that make the mission possible: days to free, or a wider window.

    The first frees the fewest days of the expert; the second extends the window of dates of the
    need by the fewest days.
    """
    schemes = need.schemes.get(expert.id, expert.schemes)
    earliest = scheme_limits(schemes, roster.settings.today)[1]
    free = merged(expert.availability)
    first = max(need.window.start.toordinal(), earliest)
    freed = _days_to_free(free, first, need.window.end.toordinal(), need.days)
    if freed is not None:
        start, missing = freed
        run = Period(start=date.fromordinal(start), end=date.fromordinal(start + need.days - 1))
        text = f"{days_fr(missing)} de disponibilité en plus ({_run_fr(run)})"
        yield Fix(
            text=text,
            expert=replace(expert, availability=(*expert.availability, run)),
            need=need,
        )
    yield from _wider_window(free, earliest, need, expert)


def _days_to_free(
    free: list[tuple[int, int]], first: int, last: int, days: int
) -> tuple[int, int] | None:
    """Return the first day of the mission that needs the fewest new free days, and their number.

    `free` are the periods already free; the mission of `days` days is between `first` and `last`.
    All days are ordinals. Returns None when the mission does not fit.
    """
    if last - first + 1 < days:
        return None
    busy = np.ones(last - first + 1, dtype=np.int64)
    for start, end in free:
        busy[max(0, start - first) : max(0, end - first + 1)] = 0
    over = np.concatenate([[0], np.cumsum(busy)])
    missing = over[days:] - over[:-days]
    best = int(missing.argmin())
    return first + best, int(missing[best])


def _wider_window(
    free: list[tuple[int, int]], earliest: int, need: Need, expert: Expert
) -> Iterator[Fix]:
    """Yield at most one change: the need with a window of dates extended to the expert's free days.

    The fewest days are added. `free` are the expert's periods and `earliest` the first day allowed
    by the leave schemes, as ordinals. Nothing is yielded when no period is long enough, or when the
    window needs no extension.
    """
    opens, closes = need.window.start.toordinal(), need.window.end.toordinal()
    best = (NEVER, need.window)
    for start, end in free:
        start = max(start, earliest)
        if end - start + 1 < need.days:
            continue
        first = min(max(start, opens), end - need.days + 1)
        wide = Period(
            start=date.fromordinal(min(opens, first)),
            end=date.fromordinal(max(closes, first + need.days - 1)),
        )
        added = (wide.end - wide.start).days - (closes - opens)
        best = min(best, (added, wide), key=lambda b: b[0])
    added, wide = best
    if 0 < added < NEVER:
        text = f"fenêtre du besoin élargie de {days_fr(added)} ({_run_fr(wide)})"
        yield Fix(text=text, expert=expert, need=replace(need, window=wide))


def _run_fr(run: Period) -> str:
    return f"du {day_fr(run.start)} au {day_fr(run.end)}"


FIXERS: dict[str, Fixer] = {
    "consent": _consent,
    "load": _load,
    "scheme": _scheme,
    "language": _language,
    "dates": _dates,
}


def _improved(roster: Roster, need: Need, i: int) -> Iterator[Fix]:
    """Yield changes of a single fact, which may raise the score of the eligible expert `i`.

    The facts are a skill, the level of a language, the days available.
    """
    expert = roster.experts[i]
    for skill in need.skills:
        if skill not in expert.skills:
            text = f"Compétence « {skill} » confirmée."
            yield Fix(text=text, expert=replace(expert, skills=(*expert.skills, skill)), need=need)
    for required in need.languages:
        level = int(roster.level(required.code)[i])
        if level < len(LEVELS):
            higher = Language(code=required.code, level=LEVELS[level])
            text = f"{language_fr(required.code)} {LEVELS[level - 1]} → {higher.level}"
            yield Fix(
                text=sentence(text),
                expert=replace(expert, languages=(*expert.languages, higher)),
                need=need,
            )
    runs = [(a, b) for a, b in merged(expert.availability) if b - a + 1 >= need.days]
    if runs:
        start, end = max(runs, key=lambda r: r[1] - r[0])
        more = Period(start=date.fromordinal(start), end=date.fromordinal(end) + timedelta(days=7))
        wider = replace(expert, availability=(*expert.availability, more))
        yield Fix(text="7 jours de disponibilité de plus.", expert=wider, need=need)
