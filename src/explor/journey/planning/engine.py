"""Bridge to the matching planner: builds its input from database rows, returns plans as JSON."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from explor.engines import matching
from explor.engines.matching import (
    Cancelled,
    Need,
    Period,
    PinError,
    Placement,
    Plan,
    Pool,
    Settings,
)
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.states import State as ProposalState
from explor.journey.shortlists.engine import (
    Line,
    closed_among,
    expert_id,
    lines_of,
    need_id,
    need_record,
    pk_of,
    pool_for,
    settings_for,
    skill_labels,
    without,
)

from .models import Scenario

__all__ = [
    "Cancelled",
    "PinError",
    "Problem",
    "as_json",
    "build_problem",
    "lines_of_places",
    "pair_of",
    "recruitment_needs_of",
    "settings_of",
    "solve",
]

Pair = tuple[str, str]
Progress = Callable[[float, str], None]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """The input of the planner.

    Attributes:
        needs: the needs, with their free seats.
        experts: the experts, with their free days.
        tried: (need, expert) pairs already proposed once, whatever the answers.
        settings: the settings of the planner.
    """

    needs: list[Need]
    experts: list[matching.Expert]
    tried: list[Pair]
    settings: Settings


def build_problem(
    needs: Sequence[Any], network: int | None, *, extra_load: int = 0, **choices: Any
) -> Problem:
    """Build the input of the planner from today's needs, profiles and proposals.

    Days of a proposal that still awaits answers count as taken.

    Args:
        needs: the needs to fill, which have free seats.
        network: primary key of the network whose experts may be placed; None for all networks.
        extra_load: missions that each expert may do beyond the declared maximum.
        choices: settings of the planner.
    """
    closed = closed_among(needs)
    weights = needs[0].call.weights if len({need.call_id for need in needs}) == 1 else {}
    settings = settings_for(weights, closed, **choices)
    years = frozenset(need.window_start.year for need in needs)
    with pool_for(network, years, settings) as loaded:
        experts = list(loaded.pool.experts)
        records = [
            replace(
                need_record(need, loaded.schemes(need), closed),
                seats=need.free_seats,
            )
            for need in needs
        ]
    made = Proposal.objects.filter(need__in=[need.pk for need in needs]).order_by("pk")
    return Problem(
        needs=records,
        experts=_without_proposed_days(experts, extra_load),
        tried=[pair_of(*row) for row in made.values_list("need", "expert")],
        settings=settings,
    )


def _without_proposed_days(
    experts: Iterable[matching.Expert], extra_load: int
) -> list[matching.Expert]:
    """Return the experts without the free days and the missions that pending proposals take.

    Args:
        extra_load: missions that each expert may do beyond the declared maximum.
    """
    proposed: dict[str, list[Period]] = {}
    rows = Proposal.objects.filter(state=ProposalState.PROPOSED).order_by("pk")
    for expert, start, end in rows.values_list("expert", "start", "end"):
        proposed.setdefault(expert_id(expert), []).append(Period(start=start, end=end))
    return [
        replace(
            expert,
            availability=tuple(without(expert.availability, proposed.get(expert.id, ()))),
            load=max(0, expert.load + extra_load - len(proposed.get(expert.id, ()))),
        )
        for expert in experts
    ]


def lines_of_places(places: Iterable[Any]) -> dict[tuple[int, int], Line]:
    """Return {(need, expert): score and rank of the expert for the need} for placements to propose.

    The keys are primary keys; the values are the `Line` rows of the page that ranks experts. Each
    need is ranked once. Experts no longer available to the network are left out.
    """
    people: dict[Any, list[int]] = {}
    for place in places:
        people.setdefault(place.need, []).append(place.expert.pk)
    return {
        (need.pk, line.expert.pk): line
        for need, experts in people.items()
        for line in lines_of(need, experts)
    }


def pair_of(need: int, expert: int) -> Pair:
    """Return the engine's identifiers of a need and an expert, given their primary keys."""
    return need_id(need), expert_id(expert)


def solve(
    problem: Problem,
    *,
    pins: Sequence[Pair],
    bans: Sequence[Pair],
    previous: dict[str, Any] | None,
    progress: Progress,
) -> Plan:
    """Return the best plan; of several equally good, the closest to the previous plan.

    Args:
        pins: (need, expert) pairs that the plan must contain.
        bans: (need, expert) pairs that the plan must not contain.
        previous: JSON of the previous plan, if any.
        progress: called with the fraction computed, from 0 to 1, and a text.

    Raises:
        PinError: a (need, expert) pair imposed by an officer breaks a rule.
        Cancelled: an officer stopped the computation.
    """
    tried = [pair for pair in problem.tried if pair not in set(pins)]
    earlier = [pair_of(p["need"], p["expert"]) for p in (previous or {}).get("places", ())]
    return matching.plan(
        problem.needs,
        problem.experts,
        problem.settings,
        pins,
        [*bans, *tried],
        previous=earlier,
        progress=progress,
    )


def settings_of(scenario: Scenario) -> dict[str, Any]:
    """Return the options of a scenario as settings of the planner, by name of its `Settings`."""
    return {
        "fairness": scenario.fairness,
        "minimum_score": scenario.minimum / 100,
        "one_per_employer": scenario.one_per_employer,
        "reserves": scenario.reserves,
        "shared_reserve": scenario.shared,
    }


def as_json(plan: Plan, pins: Iterable[Pair] = ()) -> dict[str, Any]:
    """Return a plan as the JSON saved in a scenario, with primary keys of needs and experts.

    Keys used by pages: `places` and `reserves` (need, expert, days, score from 0 to 1; `pinned` in
    places only), `unfilled` (empty seats of a need, and why), `wanted` (profiles to recruit),
    `total` and `worst` (sum and lowest of the scores), `status` and `gap` (proof of the optimum).

    Args:
        pins: the (need, expert) pairs to mark as imposed.
    """
    imposed = set(pins)
    return {
        "status": plan.status,
        "objective": plan.objective,
        "bound": plan.bound,
        "gap": plan.gap,
        "seconds": plan.seconds,
        "digest": plan.digest,
        "total": round(sum(place.score for place in plan.assignments), 4),
        "served": len({place.need for place in plan.assignments}),
        "worst": plan.fairness.get("worst_score"),
        "places": [
            {**_place(place), "pinned": (place.need, place.expert) in imposed}
            for place in plan.assignments
        ],
        "reserves": [_place(place) for each in plan.reserves for place in each.places],
        "unfilled": [
            {"need": pk_of(each.need), "missing": each.missing, "reasons": list(each.reasons)}
            for each in plan.unfilled
        ],
        "wanted": [
            {"text": each.text, "value": each.value, "needs": [pk_of(need) for need in each.needs]}
            for each in plan.wanted
        ],
    }


def _place(place: Placement) -> dict[str, Any]:
    return {
        "need": pk_of(place.need),
        "expert": pk_of(place.expert),
        "start": place.start.isoformat(),
        "end": place.end.isoformat(),
        "score": round(place.score, 4),
    }


def recruitment_needs_of(
    problem: Problem, plan: Plan, families: Mapping[int, Sequence[str]]
) -> dict[str, Any]:
    """Return the JSON fields of `RecruitmentNeeds`: `unmet`, `wanted` and `employers`.

    Args:
        families: the trades of each employer, by primary key.
    """
    pool = Pool(problem.experts, problem.settings)
    needs = {need.id: need for need in problem.needs}
    unmet = []
    for each in plan.unfilled:
        judged = pool.judge(needs[each.need])
        unmet.append(
            {
                "need": pk_of(each.need),
                "missing": each.missing,
                "eligible": int(judged.eligible.sum()),
                "reasons": list(each.reasons),
            }
        )
    served = {
        employer: matching.would_serve(skill_labels(skills), problem.needs, plan, problem.settings)
        for employer, skills in families.items()
    }
    return {
        "unmet": unmet,
        "wanted": _varied(plan, as_json(plan)["wanted"]),
        "employers": [
            {"employer": employer, "needs": [pk_of(need) for need in names]}
            for employer, names in sorted(served.items(), key=lambda pair: (-len(pair[1]), pair[0]))
            if names
        ],
    }


def _varied(plan: Plan, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the profiles to recruit as JSON, limited to the first two profiles of each skill.

    Args:
        plan: the plan whose profiles to recruit give the skills.
        wanted: the profiles of `plan` as JSON, in the same order.
    """
    kept: list[dict[str, Any]] = []
    profiles: Counter[str] = Counter()
    for profile, line in zip(plan.wanted, wanted, strict=True):
        skill = profile.expertise.partition(" · ")[0]
        profiles[skill] += 1
        if profiles[skill] <= 2:
            kept.append(line)
    return kept
