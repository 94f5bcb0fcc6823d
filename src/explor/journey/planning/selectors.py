"""Queries for plans and their choices, needs to fill, placements to propose, and recruitment.

A need is selected when a favourable decision on it is announced.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.actors.organisations.models import Kind, Organisation
from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.http.bounds import stored_day
from explor.ground.rights.selectors import records
from explor.journey.committees.models import Verdict
from explor.journey.decisions.models import Decision
from explor.journey.decisions.states import State as DecisionState
from explor.journey.needs.models import Need
from explor.journey.needs.states import State as NeedState
from explor.journey.proposals.rules import RESERVE_DAYS

from .models import Choice, MatchingPlan, RecruitmentNeeds, Scenario, Status
from .states import State

WANTED = 12  # profiles to recruit that the recruitment page shows
EMPTY_PLAN: dict[str, Any] = {
    "status": "optimal",
    "objective": 0,
    "bound": 0,
    "gap": 0,
    "seconds": 0,
    "digest": "",
    "total": 0,
    "served": 0,
    "worst": None,
    "places": [],
    "reserves": [],
    "unfilled": [],
    "wanted": [],
}
Pair = tuple[int, int]


def needs_to_fill(network: int, *, call: int | None = None, deferred: bool = False) -> list[Need]:
    """Return the needs of a network with a free seat and an announced favourable decision.

    Needs without dates, or whose window has ended, are left out.

    Args:
        network: primary key of the network.
        call: primary key of a call for projects, to return its needs only.
        deferred: also return the needs whose decision is deferred.
    """
    decisions = Decision.objects.selected()
    if deferred:
        announced = Decision.objects.filter(state=DecisionState.ANNOUNCED)
        decisions = decisions | announced.filter(verdict=Verdict.DEFERRED)
    needs = (
        Need.objects.with_free_seats()
        .filter(network=network, state=NeedState.ADMISSIBLE, decision__in=decisions)
        .filter(window_end__gt=timezone.localdate(), days__isnull=False)
        .exclude(window_start=None)
        .select_related("association", "call", "network", "decision")
        .prefetch_related("languages")
        .order_by("window_start", "pk")
    )
    return list(needs.filter(call=call) if call else needs)


def open_needs(matching_plan: MatchingPlan, *, deferred: bool = False) -> list[Need]:
    """Return the needs of a plan that can be filled today.

    With `deferred`, the needs whose decision is deferred are also returned.
    """
    return needs_to_fill(matching_plan.network_id, call=matching_plan.call_id, deferred=deferred)


def choices_of(scenario: Scenario) -> tuple[list[Pair], list[Pair]]:
    """Return the imposed pairs (pins) and the excluded ones (bans) of a scenario.

    Each choice is a pair (need, expert) of primary keys. The need and expert of the scenario
    itself, if any, are a pin.
    """
    pairs: dict[str, list[Pair]] = {Choice.Kind.PIN: [], Choice.Kind.BAN: []}
    for kind, need, expert in scenario.matching_plan.choices.values_list("kind", "need", "expert"):
        pairs[kind].append((need, expert))
    pins, bans = pairs[Choice.Kind.PIN], pairs[Choice.Kind.BAN]
    if scenario.need_id and scenario.expert_id:
        question = (scenario.need_id, scenario.expert_id)
        bans = [pair for pair in bans if pair != question]
        pins = pins if question in pins else [*pins, question]
    return pins, bans


@dataclass(frozen=True, kw_only=True)
class Place:
    """A placement of an expert on a need, to propose; `reason` is why an officer chose it.

    The reason is "" for a placement that no officer imposed.
    """

    need: Any
    expert: Expert
    start: date
    end: date
    reason: str

    def why(self, scenario: Scenario) -> str:
        """Return the justification, saved on the proposal, for not following the ranking."""
        chosen = f" Choix de l’équipe : {self.reason}" if self.reason else ""
        return (
            f"Plan d’ensemble « {scenario.matching_plan.title} », scénario « {scenario.name} » : "
            f"les besoins sont servis ensemble.{chosen}"
        )


@dataclass(frozen=True, kw_only=True)
class ReservePlace:
    """An expert to keep in reserve for a need."""

    need: Any
    expert: Expert
    rank: int
    until: date


@dataclass(frozen=True, kw_only=True)
class Adoptable:
    """The proposals and reserve entries that adopting a scenario creates.

    `left` is the number of its placements that are left out.
    """

    places: list[Place]
    reserves: list[ReservePlace]
    left: int


def adoptable(scenario: Scenario, actor: Actor) -> Adoptable:
    """Return what adoption creates, for selected needs and experts whom `actor` may see."""
    plan = scenario.plan or EMPTY_PLAN
    selected = Need.objects.filter(decision__in=Decision.objects.selected())
    needs = rows_of(selected.select_related("network", "call", "association"), plan, "need")
    experts = rows_of(experts_visible_to(actor), plan, "expert")
    reasons = {
        (choice.need_id, choice.expert_id): choice.reason or f"imposée par {choice.by}"
        for choice in scenario.matching_plan.choices.filter(kind=Choice.Kind.PIN)
    }
    places = [
        Place(
            need=needs[each["need"]],
            expert=experts[each["expert"]],
            start=stored_day(each["start"]),
            end=stored_day(each["end"]),
            reason=reasons.get((each["need"], each["expert"]), ""),
        )
        for each in plan["places"]
        if each["need"] in needs and each["expert"] in experts
    ]
    reserves = _reserve_places(plan, needs, experts)
    return Adoptable(places=places, reserves=reserves, left=len(plan["places"]) - len(places))


def _reserve_places(
    plan: dict[str, Any], needs: dict[int, Any], experts: dict[int, Expert]
) -> list[ReservePlace]:
    """Return the reserves of a plan, ranked after the experts already in reserve for a need."""
    kept: dict[int, set[int]] = {
        pk: {entry.expert_id for entry in need.reserve.all()} for pk, need in needs.items()
    }
    until = timezone.localdate() + timedelta(days=RESERVE_DAYS)
    places = []
    for each in plan["reserves"]:
        need, expert = needs.get(each["need"]), experts.get(each["expert"])
        if need is None or expert is None or expert.pk in kept[need.pk]:
            continue
        kept[need.pk].add(expert.pk)
        rank = len(kept[need.pk])
        places.append(ReservePlace(need=need, expert=expert, rank=rank, until=until))
    return places


def experts_visible_to(actor: Actor) -> "QuerySet[Expert]":
    """Return the experts whom `actor` may see, with their person and employer."""
    return Expert.objects.visible_to(actor).select_related("person", "employer")


def rows_of(rows: "QuerySet[Any]", plan: dict[str, Any], key: str) -> dict[int, Any]:
    """Return {primary key: object of `rows`} for the needs or experts that a plan mentions.

    Args:
        rows: the needs or experts that may be returned.
        plan: the JSON of the plan.
        key: "need" or "expert".
    """
    keys = {each[key] for part in ("places", "reserves") for each in plan[part]}
    if key == "need":
        keys |= {each["need"] for each in plan["unfilled"]}
        keys |= {pk for each in plan["wanted"] for pk in each["needs"]}
        rows = rows.prefetch_related("reserve")
    return rows.in_bulk(keys)


def matching_plans(actor: Actor) -> "QuerySet[MatchingPlan]":
    """Return the plans of the actor's network, latest first; `size` is the number of scenarios."""
    return (
        MatchingPlan.objects.visible_to(actor)
        .select_related("call")
        .annotate(size=Count("scenarios"))
    )


def with_related(actor: Actor) -> "QuerySet[MatchingPlan]":
    """Return the plans of the network of `actor`, with scenarios and choices prefetched."""
    choices = Choice.objects.select_related("need", "expert__person")
    scenarios = Scenario.objects.select_related("need", "expert__person")
    return (
        MatchingPlan.objects.visible_to(actor)
        .select_related("call", "network")
        .prefetch_related(Prefetch("choices", choices), Prefetch("scenarios", scenarios))
    )


def families_of(network: int) -> dict[int, list[str]]:
    """Return the trades of the verified employers of a network, by primary key of the employer.

    Trades are those that the employer declares and the skills of its experts whose profile is open
    to the network; an employer without any trade is left out.
    """
    employers = Organisation.objects.verified().filter(network=network, kind=Kind.EMPLOYER)
    trades = {pk: list(families) for pk, families in employers.values_list("pk", "job_families")}
    people = Expert.objects.shared_with(network).filter(employer__in=trades).order_by("pk")
    for employer, skills in people.values_list("employer", "skills"):
        trades[employer] = list(dict.fromkeys([*trades[employer], *skills]))
    return {employer: skills for employer, skills in trades.items() if skills}


def plans_to_adopt(actor: Actor) -> "QuerySet[MatchingPlan]":
    """Return the plans that `actor` may see, in preparation, with a computed scenario."""
    matching_plans = MatchingPlan.objects.visible_to(actor).filter(state=State.OPEN)
    return matching_plans.filter(scenarios__status=Status.DONE).distinct().order_by("pk")


def recruitment_rows(
    actor: Actor, recruitment: RecruitmentNeeds
) -> tuple[dict[int, Need], dict[int, Organisation]]:
    """Return the needs that `actor` may see and the employers in `recruitment`, by primary key."""
    needs = {each["need"] for each in recruitment.unmet}
    for part in (recruitment.wanted, recruitment.employers):
        needs |= {pk for each in part for pk in each["needs"]}
    own = Need.objects.visible_to(actor).select_related("association")
    employers = Organisation.objects.in_bulk([each["employer"] for each in recruitment.employers])
    return own.in_bulk(needs), employers


def needs_of_interest(actor: Actor) -> "QuerySet[Need] | None":
    """Return the needs that the trades of the employer `actor` would serve, None without any."""
    network = Organisation.objects.visible_to(actor).values("network")
    recruitment = RecruitmentNeeds.objects.filter(network__in=network).first()
    rows = recruitment.employers if recruitment else []
    row = next((each for each in rows if each["employer"] == actor.scope), None)
    return Need.objects.filter(pk__in=row["needs"]).order_by("pk") if row else None


def own_choices(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the choices that networks made about a person, for the copy of their data."""
    own = Choice.objects.filter(expert__person=person)
    yield from records(own, also={"besoin": "need__title"}, without=("by",))
