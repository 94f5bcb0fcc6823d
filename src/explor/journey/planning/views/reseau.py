"""Pages where an officer prepares a plan: scenarios, choices, comparison, adoption or abandonment.

Also the page of what the network lacks: its recruitment needs.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from explor.actors.experts.models import Expert
from explor.actors.networks.models import Network
from explor.ground.http.access import require
from explor.ground.http.actor import Actor
from explor.ground.http.bounds import number_of
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import run_once
from explor.ground.workflow.pages import Verb, VerbPages
from explor.journey.needs.models import Need

from .. import actions, pages, rules, selectors
from ..forms import ChoiceForm, PairForm, PlanForm, ScenarioForm
from ..models import Choice, MatchingPlan, Scenario
from ..states import MATCHING_PLAN

COLUMNS = ["Plan", "Besoins", "Scénarios", "État"]
SCENARIOS = [
    "Scénario",
    "Calcul",
    "Sans personne",
    "Places",
    "Score",
    "Au moins",
    "Écarts",
    "Preuve",
]
NEEDS = ["Besoin", "Qui part, et quand", "En réserve"]
UNMET = ["Besoin", "Places vides", "Personnes possibles", "Pourquoi"]


def load_network(request: Request) -> Network:
    """Return the network of the officer who sends the request."""
    return get_object_or_404(Network, pk=request.actor.scope)


def load(request: Request, pk: int) -> MatchingPlan:
    """Return a plan of the officer's network, or 404."""
    visible = MatchingPlan.objects.visible_to(request.actor).select_related("network", "call")
    return get_object_or_404(visible, pk=pk)


def load_scenario(request: Request, pk: int) -> Scenario:
    """Return a scenario of a plan of the officer's network, or 404."""
    own = Scenario.objects.filter(matching_plan__in=MatchingPlan.objects.visible_to(request.actor))
    related = ("matching_plan__network", "matching_plan__call")
    return get_object_or_404(own.select_related(*related), pk=pk)


def choose(
    matching_plan: MatchingPlan,
    *,
    by: Actor,
    need: Need,
    expert: Expert,
    kind: str,
    reason: str,
    scenario: int | None,
) -> tuple[MatchingPlan, int | None]:
    """Impose an expert on a need or exclude the expert from it, from the page of a plan.

    Returns:
        The plan, and the primary key of the scenario to show again, None for the first one.
    """
    actions.choose(matching_plan, need=need, expert=expert, kind=kind, by=by, reason=reason)
    return matching_plan, scenario


NEW_PLAN = VerbPages(
    "planning",
    "plans/nouveau/",
    load=load_network,
    back=pages.plans_url,
    args_of=lambda network: [],
    crumb=lambda network: "Plans d’ensemble",
    verbs=(
        Verb(
            actions.open_plan,
            "",
            label="Calculer un premier plan",
            title="Préparer un plan",
            lead=pages.lead_of_open,
            form=PlanForm,
            options=lambda actor, network: {"network": network.pk},
            can=rules.can_open_plan,
            leads_to_result=pages.plan_url,
            done="Le premier scénario est en cours de calcul.",
        ),
    ),
)

PLAN = VerbPages(
    "planning",
    "plans/<int:pk>/",
    load=load,
    back=pages.plan_url,
    workflow=MATCHING_PLAN,
    crumb=lambda plan: f"{plan.file_number} · {plan.title}",
    verbs=(
        Verb(
            actions.add_scenario,
            "scenario",
            label="Calculer ce scénario",
            title="Ajouter un scénario",
            lead="Ce qui change par rapport au premier scénario. Le reste est pareil.",
            form=ScenarioForm,
            arguments=lambda actor, form: form.values,
            can=rules.can_plan,
            leads_to_result=pages.scenario_url,
            done="Le scénario est en cours de calcul.",
        ),
        Verb(
            actions.what_if,
            "et-si",
            label="Calculer",
            title="Pourquoi pas cette personne ?",
            lead="Le plan est calculé avec cette personne sur ce besoin, puis comparé au premier "
            "scénario : vous voyez ce que cela change, et pour qui.",
            form=PairForm,
            options=pages.pairs_to_choose,
            can=rules.can_plan,
            leads_to_result=pages.scenario_url,
            done="La question est en cours de calcul.",
        ),
        Verb(
            choose,
            "choix",
            label="Noter ce choix",
            title="Imposer ou écarter une personne",
            form=ChoiceForm,
            options=pages.pairs_to_choose,
            can=rules.can_plan,
            effects=pages.effects_of_choose,
            leads_to_result=pages.shown_url,
            done="Votre choix est noté. Le plan se recalcule.",
        ),
        Verb(
            actions.drop,
            "abandonner",
            title="Abandonner ce plan ?",
            can=rules.can_drop,
            effects=pages.effects_of_drop,
            leads_to=pages.plans_url,
            done="Le plan est abandonné.",
        ),
    ),
)

SCENARIO = VerbPages(
    "planning",
    "scenarios/<int:pk>/",
    load=load_scenario,
    back=pages.scenario_url,
    crumb=lambda scenario: f"{scenario.matching_plan.file_number} · {scenario.matching_plan.title}",
    verbs=(
        Verb(
            actions.adopt,
            "adopter",
            label="Envoyer toutes les propositions",
            title=lambda actor, scenario: f"Adopter « {scenario.name} »",
            options=lambda actor, scenario: {"subject": scenario.matching_plan},
            can=rules.can_adopt,
            blockers=lambda actor, scenario: rules.missing_to_adopt(scenario),
            effects=pages.effects_of_adopt,
            template="planning/reseau_adopt.html",
            context=pages.context_of_adopt,
            leads_to=lambda actor, scenario: pages.plan_url(actor, scenario.matching_plan),
            done=pages.done_of_adopt,
        ),
    ),
)


@role_required("reseau")
def plans(request: Request) -> HttpResponse:
    """List the plans of the network."""
    context = {"rows": selectors.matching_plans(request.actor)[:100], "columns": COLUMNS}
    return render_page(request, "planning/reseau_plans.html", context)


@role_required("reseau")
def plan(request: Request, pk: int) -> HttpResponse:
    """Show the comparison of scenarios, and the placements of the selected scenario."""
    instance = get_object_or_404(selectors.with_related(request.actor), pk=pk)
    context = {
        **pages.context_of(request.actor, instance, request.GET.get("scenario", "")),
        "columns": SCENARIOS,
        "needs": NEEDS,
    }
    return render_page(request, "planning/reseau_plan.html", context)


@role_required("reseau")
@require_POST
def remove_choice(request: Request, pk: int) -> HttpResponse:
    """Delete the officer's choice `pk` of a plan, then redirect to the plan page."""
    own = Choice.objects.filter(matching_plan__in=MatchingPlan.objects.visible_to(request.actor))
    choice = get_object_or_404(own.select_related("matching_plan"), pk=pk)
    return _click(
        request,
        choice.matching_plan,
        lambda: actions.remove_choice(choice, by=request.actor),
        "Le choix est oublié. Le plan se recalcule.",
    )


@role_required("reseau")
@require_POST
def recompute(request: Request, pk: int) -> HttpResponse:
    """Queue every scenario of the plan `pk` again, then redirect to the plan page."""
    instance = load(request, pk)
    return _click(
        request,
        instance,
        lambda: actions.recompute(instance, by=request.actor),
        "Le calcul reprend.",
    )


@role_required("reseau")
@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """Stop the computation of the scenario `pk`, then redirect to the plan page."""
    scenario = load_scenario(request, pk)
    return _click(
        request,
        scenario.matching_plan,
        lambda: actions.stop(scenario, by=request.actor),
        "Le calcul est arrêté.",
    )


@role_required("reseau")
@require_POST
def remove_scenario(request: Request, pk: int) -> HttpResponse:
    """Delete the scenario `pk` of a plan, then redirect to the plan page."""
    scenario = load_scenario(request, pk)
    return _click(
        request,
        scenario.matching_plan,
        lambda: actions.remove_scenario(scenario, by=request.actor),
        "Le scénario est retiré.",
    )


@role_required("reseau")
def recruitment(request: Request) -> HttpResponse:
    """Show what the network lacks: unmet needs, profiles and employers to look for."""
    context = {"columns": UNMET, **pages.recruitment_for(request.actor)}
    return render_page(request, "planning/reseau_recruitment.html", context)


def _back(request: Request, instance: MatchingPlan) -> str:
    """Return the URL of the plan page, with the scenario named in the POST data selected."""
    scenario = number_of(request.POST.get("scenario", ""))
    return pages.shown_url(request.actor, (instance, scenario))


def _click(
    request: Request, instance: MatchingPlan, verb: Callable[[], Any], done: str
) -> HttpResponse:
    """Run an action of the plan page that has no confirmation page, and redirect to the plan page.

    Args:
        verb: runs the action; a refusal is shown on the plan page.
        done: the message shown on success.
    """
    require(rules.can_plan(request.actor, instance))
    try:
        run_once(request, verb)
    except ActionNotAllowed as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect(_back(request, instance))
    return done_redirect(request, _back(request, instance), done)
