"""Rows and texts of the pages of a round: plans with their names, scenarios, outlook."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from explor.actors.experts.models import Expert
from explor.ground.http.actor import Actor
from explor.ground.http.request import Request
from explor.ground.ui.parts import Panel, Task
from explor.journey.committees.models import Verdict
from explor.journey.needs.models import Need

from . import selectors
from .models import MatchingPlan, RecruitmentNeeds, Scenario

HIDDEN = "une personne d’un autre réseau"
GONE = "une personne qui n’ouvre plus son profil à votre réseau"


def named_in(reasons: Iterable[str], matching_plan: MatchingPlan) -> list[str]:
    """Return sentences of the planner with names in place of « besoin:12 » and « personne:7 ».

    A person who no longer lets the network see the profile is not named.
    """
    rows: dict[str, Any] = {
        "besoin": Need.objects.filter(network=matching_plan.network_id),
        "personne": Expert.objects.shared_with(matching_plan.network_id),
    }

    def name(found: re.Match[str]) -> str:
        row = rows[found[1]].filter(pk=int(found[2])).first()
        return f"« {row} »" if row else GONE

    return [re.sub(r"(besoin|personne):(\d+)", name, text) for text in reasons]


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
    """Return the names in these plans, in two queries."""
    merged = {
        part: [each for plan in plans if plan for each in plan[part]]
        for part in ("places", "reserves", "unfilled", "wanted")
    }
    own = Need.objects.visible_to(actor).select_related("association", "decision")
    experts = selectors.experts_seen_by(actor)
    return Names(
        needs=selectors.rows_of(own, merged, "need"),
        experts=selectors.rows_of(experts, merged, "expert"),
    )


def choices_for(matching_plan: MatchingPlan, actor: Actor) -> list[dict[str, Any]]:
    """Return the choices made, without the name of a person who has closed the profile since."""
    choices = list(matching_plan.choices.all())
    expected_version = set(
        Expert.objects.visible_to(actor)
        .filter(pk__in=[each.expert_id for each in choices])
        .values_list("pk", flat=True)
    )
    return [
        {"choice": each, "name": str(each.expert) if each.expert_id in expected_version else GONE}
        for each in choices
    ]


def lines_of(scenario: Scenario, names: Names) -> list[dict[str, Any]]:
    """Return the plan need by need: who goes and when, the reserve, what is missing and why."""
    plan = scenario.plan or selectors.EMPTY_PLAN
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
    """Return the scenarios side by side, each with its figures compared with the first."""
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
    """Return in words what the second plan changes for each need."""
    if not before or not after:
        return []
    gone, come = _pairs(before) - _pairs(after), _pairs(after) - _pairs(before)
    lines = []
    for need in sorted({n for n, _ in gone | come}, key=names.need):
        old = [names.person(e) for n, e in sorted(gone) if n == need]
        new = [names.person(e) for n, e in sorted(come) if n == need]
        change = f"{', '.join(old) or 'personne'} → {', '.join(new) or 'personne'}"
        lines.append(f"{names.need(need)} : {change}.")
    days = {(e["need"], e["expert"]): (e["start"], e["end"]) for e in before["places"]}
    lines += [
        f"{names.need(e['need'])} : {names.person(e['expert'])} change de dates."
        for e in after["places"]
        if days.get((e["need"], e["expert"]), (e["start"], e["end"])) != (e["start"], e["end"])
    ]
    return lines


def plans_to_do(actor: Actor) -> list[Task]:
    """Return the plans whose scenarios are computed and that nobody has adopted."""
    return [
        Task(
            title=f"Adopter ou abandonner un plan : {each.title}",
            url=reverse("planning:reseau_plan", args=[actor.key, each.pk]),
            why="Tant qu’il n’est pas adopté, personne n’est prévenu.",
        )
        for each in selectors.plans_to_adopt(actor)[:20]
    ]


def outlook_for(actor: Actor) -> dict[str, Any]:
    """Return the board of a network: unmet needs, people to recruit, employers to call."""
    outlook = RecruitmentNeeds.objects.filter(network=actor.scope).first()
    if outlook is None:
        return {"outlook": None}
    needs, employers = selectors.outlook_rows(actor, outlook)
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


def employer_panel(request: Request) -> Panel | None:
    """Return the panel of an employer's home: needs that its trades would serve today."""
    needs = selectors.needs_of_interest(request.actor)
    if needs is None:
        return None
    return Panel(
        title="Vos métiers sont attendus",
        template="planning/_panel_employeur.html",
        context={"needs": needs},
    )
