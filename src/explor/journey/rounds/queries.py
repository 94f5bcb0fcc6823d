"""Reads about rounds: needs to fill, scenarios side by side, plans with their names, outlook."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.actors.organisations.models import Kind, Organisation
from explor.ground.common.actor import Actor
from explor.ground.common.parts import Panel, Waiting
from explor.ground.common.request import Request
from explor.journey.committees.models import Verdict
from explor.journey.decisions.models import Decision
from explor.journey.decisions.states import State as DecisionState
from explor.journey.introductions.states import HOLDING
from explor.journey.needs.models import Need
from explor.journey.needs.states import State as NeedState

from .models import Choice, Outlook, Round, Scenario, Status
from .states import State

WANTED = 12  # profiles to recruit told in an outlook
RESERVE_DAYS = 90
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


def needs_to_fill(network: int, *, call: int | None = None, deferred: bool = False) -> list[Any]:
    """Needs with seats nobody holds (`free`), announced favourable; deferred ones if asked."""
    announced = Decision.objects.filter(state=DecisionState.ANNOUNCED)
    kept = Decision.objects.selected()
    if deferred:
        kept = kept | announced.filter(verdict=Verdict.DEFERRED)
    held = Count("introductions", filter=Q(introductions__state__in=HOLDING), distinct=True)
    found = (
        Need.objects.filter(network=network, state=NeedState.ADMISSIBLE, decision__in=kept)
        .annotate(held=held)
        .filter(held__lt=F("seats"), window_end__gt=timezone.localdate(), days__isnull=False)
        .exclude(window_start=None)
        .annotate(free=F("seats") - F("held"))
        .select_related("association", "call", "network", "decision")
        .prefetch_related("languages")
        .order_by("window_start", "pk")
    )
    return list(found.filter(call=call) if call else found)


def open_needs(round: Round, *, deferred: bool = False) -> list[Any]:
    """The needs of a round as they stand today."""
    return needs_to_fill(round.network_id, call=round.call_id, deferred=deferred)


def choices_of(scenario: Scenario) -> tuple[list[Pair], list[Pair]]:
    """Pins and bans of a scenario, as pairs (need, expert); its own question counts as a pin."""
    pairs: dict[str, list[Pair]] = {Choice.Kind.PIN: [], Choice.Kind.BAN: []}
    for kind, need, expert in scenario.round.choices.values_list("kind", "need", "expert"):
        pairs[kind].append((need, expert))
    pins, bans = pairs[Choice.Kind.PIN], pairs[Choice.Kind.BAN]
    if scenario.need_id and scenario.expert_id:
        asked = (scenario.need_id, scenario.expert_id)
        bans = [pair for pair in bans if pair != asked]
        pins = pins if asked in pins else [*pins, asked]
    return pins, bans


def named_in(reasons: Iterable[str], round: Round) -> list[str]:
    """The sentences of the planner with names where it says « besoin:12 » or « personne:7 ».

    Somebody who no longer lets the network see the profile is not named.
    """
    rows: dict[str, Any] = {
        "besoin": Need.objects.filter(network=round.network_id),
        "personne": Expert.objects.shared_with(round.network_id),
    }

    def name(found: re.Match[str]) -> str:
        row = rows[found[1]].filter(pk=int(found[2])).first()
        return f"« {row} »" if row else GONE

    return [re.sub(r"(besoin|personne):(\d+)", name, text) for text in reasons]


@dataclass(frozen=True, kw_only=True)
class Place:
    """One placement to be proposed, with its rows."""

    need: Any
    expert: Expert
    start: date
    end: date
    reason: str

    def why(self, scenario: Scenario) -> str:
        """What the journal keeps when the plan passes over the ranking of one need."""
        chosen = f" Choix de l’équipe : {self.reason}" if self.reason else ""
        return (
            f"Plan d’ensemble « {scenario.round.title} », scénario « {scenario.name} » : "
            f"les besoins sont servis ensemble.{chosen}"
        )


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One person kept in reserve for a need."""

    need: Any
    expert: Expert
    rank: int
    until: date


@dataclass(frozen=True, kw_only=True)
class Adoptable:
    """What adopting a plan would do, and how many placements stay hypotheses."""

    places: list[Place]
    reserves: list[Kept]
    left: int


def adoptable(scenario: Scenario, actor: Actor) -> Adoptable:
    """The placements and reserves on selected needs, of people whom the network may see."""
    plan = scenario.plan or EMPTY_PLAN
    selected = Need.objects.filter(decision__in=Decision.objects.selected())
    needs = _by_pk(selected.select_related("network", "call", "association"), plan, "need")
    experts = _by_pk(_seen_by(actor), plan, "expert")
    reasons = {
        (choice.need_id, choice.expert_id): choice.reason or f"imposée par {choice.by}"
        for choice in scenario.round.choices.filter(kind=Choice.Kind.PIN)
    }
    places = [
        Place(
            need=needs[each["need"]],
            expert=experts[each["expert"]],
            start=date.fromisoformat(each["start"]),
            end=date.fromisoformat(each["end"]),
            reason=reasons.get((each["need"], each["expert"]), ""),
        )
        for each in plan["places"]
        if each["need"] in needs and each["expert"] in experts
    ]
    reserves = _kept(plan, needs, experts)
    return Adoptable(places=places, reserves=reserves, left=len(plan["places"]) - len(places))


def _kept(plan: dict[str, Any], needs: dict[int, Any], experts: dict[int, Expert]) -> list[Kept]:
    """The reserves of a plan, ranked behind those already kept for each need."""
    already: dict[int, set[int]] = {
        pk: {entry.expert_id for entry in need.reserve.all()} for pk, need in needs.items()
    }
    until, kept = timezone.localdate() + timedelta(days=RESERVE_DAYS), []
    for each in plan["reserves"]:
        need, expert = needs.get(each["need"]), experts.get(each["expert"])
        if need is None or expert is None or expert.pk in already[need.pk]:
            continue
        already[need.pk].add(expert.pk)
        rank = len(already[need.pk])
        kept.append(Kept(need=need, expert=expert, rank=rank, until=until))
    return kept


def _seen_by(actor: Actor) -> "QuerySet[Expert]":
    return Expert.objects.visible_to(actor).select_related("person", "employer")


def _by_pk(rows: "QuerySet[Any]", plan: dict[str, Any], key: str) -> dict[int, Any]:
    asked = {each[key] for part in ("places", "reserves") for each in plan[part]}
    if key == "need":
        asked |= {each["need"] for each in plan["unfilled"]}
        asked |= {pk for each in plan["wanted"] for pk in each["needs"]}
        rows = rows.prefetch_related("reserve")
    return rows.in_bulk(asked)


def rounds(actor: Actor) -> "QuerySet[Round]":
    """The plans of a network, the latest first."""
    return Round.objects.visible_to(actor).select_related("call").annotate(size=Count("scenarios"))


def whole(actor: Actor) -> "QuerySet[Round]":
    """A round with its scenarios and its choices."""
    choices = Choice.objects.select_related("need", "expert__person")
    scenarios = Scenario.objects.select_related("need", "expert__person")
    return (
        Round.objects.visible_to(actor)
        .select_related("call", "network")
        .prefetch_related(Prefetch("choices", choices), Prefetch("scenarios", scenarios))
    )


HIDDEN = "une personne d’un autre réseau"
GONE = "une personne qui n’ouvre plus son profil à votre réseau"


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names a page may show: needs of the network, people who let it see them."""

    needs: dict[int, Any]
    experts: dict[int, Expert]

    def need(self, pk: int) -> str:
        return self.needs[pk].title if pk in self.needs else "un besoin retiré"

    def person(self, pk: int) -> str:
        return self.experts[pk].person.name if pk in self.experts else HIDDEN


def names_for(actor: Actor, plans: Sequence[dict[str, Any] | None]) -> Names:
    """The names in these plans, in two queries."""
    whole = {
        part: [each for plan in plans if plan for each in plan[part]]
        for part in ("places", "reserves", "unfilled", "wanted")
    }
    own = Need.objects.visible_to(actor).select_related("association", "decision")
    return Names(needs=_by_pk(own, whole, "need"), experts=_by_pk(_seen_by(actor), whole, "expert"))


def choices_for(round: Round, actor: Actor) -> list[dict[str, Any]]:
    """The choices made, without the name of whoever has closed the profile since."""
    choices = list(round.choices.all())
    seen = set(
        Expert.objects.visible_to(actor)
        .filter(pk__in=[each.expert_id for each in choices])
        .values_list("pk", flat=True)
    )
    return [
        {"choice": each, "name": str(each.expert) if each.expert_id in seen else GONE}
        for each in choices
    ]


def lines_of(scenario: Scenario, names: Names) -> list[dict[str, Any]]:
    """The plan need by need: who goes and when, who is in reserve, what is missing and why."""
    plan = scenario.plan or EMPTY_PLAN
    lines: dict[int, dict[str, Any]] = {}
    for pk in sorted({each["need"] for each in plan["places"] + plan["unfilled"]}):
        need = names.needs.get(pk)
        decision = getattr(need, "decision", None)
        lines[pk] = {
            "pk": pk,
            "title": names.need(pk),
            "association": need.association.name if need else "",
            "deferred": bool(decision and decision.verdict == Verdict.DEFERRED),
            "places": [],
            "reserves": [],
            "missing": 0,
            "reasons": [],
        }
    for part in ("places", "reserves"):
        for each in plan[part]:
            if each["need"] in lines:
                lines[each["need"]][part].append(_named(each, names))
    for each in plan["unfilled"]:
        lines[each["need"]] |= {"missing": each["missing"], "reasons": each["reasons"]}
    return sorted(lines.values(), key=lambda line: (not line["missing"], line["title"]))


def _named(each: dict[str, Any], names: Names) -> dict[str, Any]:
    return {
        **each,
        "name": names.person(each["expert"]),
        "seen": each["expert"] in names.experts,
        "start": date.fromisoformat(each["start"]),
        "end": date.fromisoformat(each["end"]),
        "points": f"{100 * each['score']:.0f}",
    }


def table_of(scenarios: Sequence[Scenario]) -> list[dict[str, Any]]:
    """The scenarios side by side, each with what it costs or brings beside the first."""
    base = next((each.plan for each in scenarios if each.plan), None)
    return [
        {"scenario": each, "figures": _figures(each.plan, base) if each.plan else None}
        for each in scenarios
    ]


def _figures(plan: dict[str, Any], base: dict[str, Any] | None) -> dict[str, Any]:
    short = {each["need"] for each in plan["unfilled"]} - {p["need"] for p in plan["places"]}
    return {
        "nobody": len(short),
        "seats": len(plan["places"]),
        "wanted": len(plan["places"]) + sum(each["missing"] for each in plan["unfilled"]),
        "mean": f"{100 * plan['total'] / len(plan['places']):.0f}" if plan["places"] else "–",
        "worst": f"{100 * plan['worst']:.0f}" if plan["worst"] is not None else "–",
        "proven": plan["status"] == "optimal",
        "gap": f"{100 * plan['gap']:.2f}".replace(".", ","),
        "changes": len(_pairs(plan) ^ _pairs(base)) if base else 0,
    }


def _pairs(plan: dict[str, Any]) -> set[tuple[int, int]]:
    return {(each["need"], each["expert"]) for each in plan["places"]}


def changes(before: dict[str, Any] | None, after: dict[str, Any] | None, names: Names) -> list[str]:
    """What the second plan changes for each need, in words."""
    if not before or not after:
        return []
    gone, come = _pairs(before) - _pairs(after), _pairs(after) - _pairs(before)
    lines = []
    for need in sorted({n for n, _ in gone | come}, key=names.need):
        old = [names.person(e) for n, e in sorted(gone) if n == need]
        new = [names.person(e) for n, e in sorted(come) if n == need]
        told = f"{', '.join(old) or 'personne'} → {', '.join(new) or 'personne'}"
        lines.append(f"{names.need(need)} : {told}.")
    days = {(e["need"], e["expert"]): (e["start"], e["end"]) for e in before["places"]}
    lines += [
        f"{names.need(e['need'])} : {names.person(e['expert'])} change de dates."
        for e in after["places"]
        if days.get((e["need"], e["expert"]), (e["start"], e["end"])) != (e["start"], e["end"])
    ]
    return lines


def waiting_for_network(actor: Actor) -> list[Waiting]:
    """Plans whose scenarios are computed and that nobody has adopted."""
    ready = Round.objects.visible_to(actor).filter(state=State.OPEN)
    ready = ready.filter(scenarios__status=Status.DONE).distinct().order_by("pk")
    return [
        Waiting(
            title=f"Adopter ou abandonner un plan : {each.title}",
            url=reverse("rounds:reseau_round", args=[actor.key, each.pk]),
            why="Tant qu’il n’est pas adopté, personne n’est prévenu.",
        )
        for each in ready[:20]
    ]


def families_of(network: int) -> dict[int, list[str]]:
    """The trades of each employer of a network: those declared, and those of its people."""
    employers = Organisation.objects.verified().filter(network=network, kind=Kind.EMPLOYER)
    found = {pk: list(families) for pk, families in employers.values_list("pk", "job_families")}
    people = Expert.objects.filter(employer__in=found).order_by("pk")
    for employer, skills in people.values_list("employer", "skills"):
        found[employer] = list(dict.fromkeys([*found[employer], *skills]))
    return {employer: skills for employer, skills in found.items() if skills}


def outlook_for(actor: Actor) -> dict[str, Any]:
    """The board of a network: unmet needs, people to recruit, employers to call."""
    outlook = Outlook.objects.filter(network=actor.scope).first()
    if outlook is None:
        return {"outlook": None}
    asked = {each["need"] for each in outlook.unmet}
    asked |= {pk for part in (outlook.wanted, outlook.employers) for e in part for pk in e["needs"]}
    needs = Need.objects.visible_to(actor).select_related("association").in_bulk(asked)
    employers = Organisation.objects.in_bulk([each["employer"] for each in outlook.employers])
    named: Callable[[list[int]], list[Any]] = lambda pks: [needs[pk] for pk in pks if pk in needs]  # noqa: E731
    return {
        "outlook": outlook,
        "unmet": [{**e, "need": needs[e["need"]]} for e in outlook.unmet if e["need"] in needs],
        "wanted": [{**e, "needs": named(e["needs"])} for e in outlook.wanted],
        "employers": [
            {"employer": employers[e["employer"]], "needs": named(e["needs"])}
            for e in outlook.employers
            if e["employer"] in employers and named(e["needs"])
        ],
    }


def for_employer(request: Request) -> Panel | None:
    """On an employer's home: the needs of its region that its trades would serve today."""
    actor: Actor = request.actor
    network = Organisation.objects.visible_to(actor).values("network")
    outlook = Outlook.objects.filter(network__in=network).first()
    told = outlook.employers if outlook else []
    found = next((each for each in told if each["employer"] == actor.scope), None)
    if found is None:
        return None
    needs = Need.objects.filter(pk__in=found["needs"]).order_by("pk")
    return Panel(
        title="Vos métiers sont attendus",
        template="rounds/_panel_employeur.html",
        context={"needs": needs},
    )
