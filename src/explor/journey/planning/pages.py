"""Context of the pages of plans: names, comparison of scenarios, recruitment needs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from explor.actors.experts.models import Expert
from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor
from explor.ground.http.bounds import stored_day
from explor.ground.http.request import Request
from explor.ground.ui.amounts import counted
from explor.ground.ui.order import french_key, sort_key
from explor.ground.ui.parts import Panel, Task
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo
from explor.journey.committees.models import Verdict
from explor.journey.needs.models import Need
from explor.journey.proposals.rules import RESERVE_DAYS

from . import rules, selectors
from .models import MatchingPlan, RecruitmentNeeds, Scenario

HIDDEN = "une personne d’un autre réseau"
GONE = "une personne qui n’ouvre plus son profil à votre réseau"


def plans_url(actor: Actor, _subject: object = None) -> str:
    """Return the URL of the list of plans of a network."""
    return reverse("planning:reseau_plans", args=[actor.key])


def plan_url(actor: Actor, matching_plan: MatchingPlan) -> str:
    """Return the URL of the page of a plan."""
    return reverse("planning:reseau_plan", args=[actor.key, matching_plan.pk])


def scenario_url(actor: Actor, scenario: Scenario) -> str:
    """Return the URL of the page of a plan, with this scenario selected."""
    return f"{plan_url(actor, scenario.matching_plan)}?scenario={scenario.pk}"


def shown_url(actor: Actor, shown: tuple[MatchingPlan, int | str | None]) -> str:
    """Return the URL of a plan page, with a scenario selected.

    Args:
        shown: the plan, and the primary key of the scenario, "" or None for the first scenario.
    """
    matching_plan, scenario = shown
    query = f"?scenario={scenario}" if scenario else ""
    return plan_url(actor, matching_plan) + query


def named_in(reasons: Iterable[str], matching_plan: MatchingPlan) -> list[str]:
    """Return the planner's sentences with identifiers such as « besoin:12 » replaced by names.

    For privacy, an expert who no longer opens the profile to the network is not named.
    """
    rows: dict[str, Any] = {
        "besoin": Need.objects.filter(network=matching_plan.network_id),
        "personne": Expert.objects.shared_with(matching_plan.network_id),
    }

    def name(match: re.Match[str]) -> str:
        row = rows[match[1]].filter(pk=int(match[2])).first()
        return f"« {row} »" if row else GONE

    return [re.sub(r"(besoin|personne):(\d+)", name, text) for text in reasons]


@dataclass(frozen=True, kw_only=True)
class Names:
    """The needs and experts whose names a page may show, by primary key.

    These are the needs of the network and the experts who opened their profile to it.
    """

    needs: dict[int, Any]
    experts: dict[int, Expert]

    def need(self, pk: int) -> str:
        """Return the title of a need, or a general phrase if the page may not show it."""
        return self.needs[pk].title if pk in self.needs else "un besoin retiré"

    def person(self, pk: int) -> str:
        """Return the name of an expert, or a general phrase if the page may not show it."""
        return self.experts[pk].person.name if pk in self.experts else HIDDEN


def names_in(actor: Actor, plans: Sequence[dict[str, Any] | None]) -> Names:
    """Return the needs and experts of these plans that `actor` may see, in two queries."""
    merged = {
        part: [each for plan in plans if plan for each in plan[part]]
        for part in ("places", "reserves", "unfilled", "wanted")
    }
    own = Need.objects.visible_to(actor).select_related("association", "decision")
    experts = selectors.experts_visible_to(actor)
    return Names(
        needs=selectors.rows_of(own, merged, "need"),
        experts=selectors.rows_of(experts, merged, "expert"),
    )


def choices_for(matching_plan: MatchingPlan, actor: Actor) -> list[dict[str, Any]]:
    """Return a {choice, name} dict per officer's choice; `name` is that of the expert.

    A general phrase replaces the name of an expert who no longer opens the profile to the network.
    """
    choices = list(matching_plan.choices.all())
    visible = set(
        Expert.objects.visible_to(actor)
        .filter(pk__in=[each.expert_id for each in choices])
        .values_list("pk", flat=True)
    )
    return [
        {"choice": each, "name": str(each.expert) if each.expert_id in visible else GONE}
        for each in choices
    ]


def lines_of(scenario: Scenario, names: Names) -> list[dict[str, Any]]:
    """Return one dict per need of a scenario, those with empty seats first, then by title.

    Keys: `pk`, `title`, `association` (its name or ""), `deferred` (the decision is put off),
    `places` and `reserves` (experts placed, experts in reserve), `missing` (empty seats) and
    `reasons` (why they are empty).
    """
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
    return sorted(lines.values(), key=lambda line: (not line["missing"], sort_key(line["title"])))


def _named(each: dict[str, Any], names: Names) -> dict[str, Any]:
    return {
        **each,
        "name": names.person(each["expert"]),
        "visible": each["expert"] in names.experts,
        "start": stored_day(each["start"]),
        "end": stored_day(each["end"]),
        "points": f"{100 * each['score']:.0f}",
    }


def table_of(scenarios: Sequence[Scenario]) -> list[dict[str, Any]]:
    """Return one {scenario, figures} dict per scenario; `figures` is None while it is not computed.

    Figures: `nobody` (needs with nobody), `seats` filled of those `wanted`, `mean` and `worst`
    scores out of 100, `proven` (optimal), else the `gap` in percent, and `changes`, the number of
    placements that differ from those of the first computed scenario.
    """
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
    """Return sentences on how the placements differ between two plans, empty if one is None."""
    if not before or not after:
        return []
    gone, come = _pairs(before) - _pairs(after), _pairs(after) - _pairs(before)
    lines = []
    for need in sorted({n for n, _ in gone | come}, key=lambda pk: sort_key(names.need(pk))):
        old = sorted((names.person(e) for n, e in gone if n == need), key=sort_key)
        new = sorted((names.person(e) for n, e in come if n == need), key=sort_key)
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
    """Return a task for each plan in preparation with a computed scenario, 20 at most."""
    return [
        Task(
            title=f"Adopter ou abandonner un plan : {each.file_number} {each.title}",
            url=plan_url(actor, each),
            why="Tant qu’il n’est pas adopté, personne n’est prévenu.",
        )
        for each in selectors.plans_to_adopt(actor)[:20]
    ]


def recruitment_for(actor: Actor) -> dict[str, Any]:
    """Return the context of the recruitment page of a network: what to look for, and why.

    Keys: `recruitment` (None when nothing is computed yet; the only key then), `unmet` (needs with
    empty seats), `wanted` (profiles to recruit) and `employers` (to contact).
    """
    recruitment = RecruitmentNeeds.objects.filter(network=actor.scope).first()
    if recruitment is None:
        return {"recruitment": None}
    needs, employers = selectors.recruitment_rows(actor, recruitment)

    def visible(pks: list[int]) -> list[Any]:
        return [needs[pk] for pk in pks if pk in needs]

    return {
        "recruitment": recruitment,
        "unmet": [{**e, "need": needs[e["need"]]} for e in recruitment.unmet if e["need"] in needs],
        "wanted": [{**e, "needs": visible(e["needs"])} for e in recruitment.wanted],
        "employers": [
            {"employer": employers[e["employer"]], "needs": visible(e["needs"])}
            for e in recruitment.employers
            if e["employer"] in employers and visible(e["needs"])
        ],
    }


def employer_panel(request: Request) -> Panel | None:
    """Return the panel of needs that an employer's trades would serve today, None without any."""
    needs = selectors.needs_of_interest(request.actor)
    if needs is None:
        return None
    return Panel(
        title="Vos métiers sont attendus",
        template="planning/_panel_employeur.html",
        context={"needs": needs},
    )


def context_of(actor: Actor, matching_plan: MatchingPlan, scenario: str) -> dict[str, Any]:
    """Return the context of the page of a plan: its scenarios compared, and one of them in detail.

    `from_base` says how the scenario `shown` differs from the first one, `since` from its own
    previous computation; `open` and `adopt` say whether `actor` may change the plan, adopt it.

    Args:
        actor: the reader of the page.
        matching_plan: a plan with its scenarios and choices prefetched.
        scenario: the primary key in the query string; the first scenario when it matches none.
    """
    scenarios = list(matching_plan.scenarios.all())
    base = scenarios[0]
    shown = next((each for each in scenarios if str(each.pk) == scenario), base)
    names = names_in(actor, [shown.plan, shown.before, base.plan])
    return {
        "matching_plan": matching_plan,
        "open": rules.can_plan(actor, matching_plan),
        "table": table_of(scenarios),
        "shown": shown,
        "lines": lines_of(shown, names),
        "wanted": (shown.plan or selectors.EMPTY_PLAN)["wanted"],
        "from_base": changes(base.plan, shown.plan, names) if shown != base else [],
        "since": changes(shown.before, shown.plan, names),
        "base": base,
        "is_pending": any(each.is_pending for each in scenarios),
        "adopt": rules.can(actor, "adopt", matching_plan) and not rules.missing_to_adopt(shown),
        "choices": choices_for(matching_plan, actor),
    }


def pairs_to_choose(actor: Actor, matching_plan: MatchingPlan) -> dict[str, "QuerySet[Any]"]:
    """Return the rows offered by the form that imposes or bans an expert: `needs`, `experts`."""
    needs = Need.objects.filter(pk__in=[need.pk for need in selectors.open_needs(matching_plan)])
    experts = Expert.objects.visible_to(actor).filter(state="available")
    by_name = experts.select_related("person").order_by(french_key("person__name"))
    return {"needs": needs.order_by(french_key("title")), "experts": by_name}


# Texts of the confirmation page of each verb (workflow action).


def lead_of_open(actor: Actor, network: Network) -> str:
    """Return the sentence on how many needs have a free seat that a new plan could fill."""
    one, many = "besoin retenu a", "besoins retenus ont"
    needs = counted(len(selectors.needs_to_fill(network.pk)), one, many)
    return f"{needs} encore une place à pourvoir."


def context_of_adopt(actor: Actor, scenario: Scenario) -> dict[str, Any]:
    """Return the context of the page that confirms an adoption: `scenario` and `adoptable`.

    The second has the placements and the reserves that the page lists.
    """
    return {"scenario": scenario, "adoptable": selectors.adoptable(scenario, actor)}


def done_of_adopt(actor: Actor, scenario: Scenario) -> str:
    """Return the message shown after a plan is adopted, with the number of proposals sent."""
    size = len(selectors.adoptable(scenario, actor).places)
    sent = counted(size, "proposition envoyée", "propositions envoyées")
    return f"Le plan est adopté : {sent}."


def effects_of_adopt(actor: Actor, scenario: Scenario) -> Effects:
    return Effects(
        happens=(
            Consequence("Chaque placement devient une proposition et prend une place du besoin."),
            Consequence(f"Les personnes en réserve du plan sont gardées {RESERVE_DAYS} jours."),
            Consequence("Sans toutes les réponses à temps, une proposition est libérée."),
        ),
        notified=(
            Notified(
                "Les personnes, les associations et les employeurs",
                "« Une mission vous est proposée », chacun sur sa page",
            ),
        ),
        undo=(
            Undo(
                "Jusqu’aux trois oui",
                "Chaque proposition se reprend, une par une. Le plan reste adopté.",
            ),
        ),
    )


def effects_of_choose(actor: Actor, matching_plan: MatchingPlan) -> Effects:
    return Effects(
        happens=(Consequence("Tous les scénarios se recalculent avec ce choix."),),
        undo=(Undo("Jusqu’à l’adoption", "Vous pouvez oublier ce choix, sur la page du plan."),),
    )


def effects_of_drop(actor: Actor, matching_plan: MatchingPlan) -> Effects:
    return Effects(
        happens=(
            Consequence("Personne n’a été prévenu, rien ne sera proposé."),
            Consequence("Vous pourrez toujours le relire."),
        ),
        undo=(Undo("Ensuite", "Un plan abandonné ne se reprend pas : préparez-en un autre."),),
    )
