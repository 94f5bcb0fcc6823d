"""An officer plans a round: scenarios, choices by a click, differences, adoption."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from explor.actors.experts.models import Expert
from explor.actors.networks.models import Network
from explor.ground.http.access import require
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.replay import done_redirect
from explor.ground.http.request import Request
from explor.ground.http.views import render_page
from explor.ground.roles.registry import role_required
from explor.ground.ui.submit import create, submit
from explor.ground.workflow.forms import ActionForm
from explor.journey.needs.models import Need

from .. import actions, pages, rules, selectors
from ..forms import ChoiceForm, MatchingPlanForm, PairForm, ScenarioForm
from ..models import Choice, MatchingPlan, Scenario

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


@role_required("reseau")
def matching_plans(request: Request) -> HttpResponse:
    """The plans of the network."""
    context = {"rows": selectors.matching_plans(request.actor)[:100], "columns": COLUMNS}
    return render_page(request, "planning/reseau_plans.html", context)


@role_required("reseau")
def open_matching_plan(request: Request) -> HttpResponse:
    """Name a plan; its first scenario is computed at once."""
    actor = request.actor
    require(rules.can_open_matching_plan(actor, actor.scope))
    form = MatchingPlanForm(request.POST or None, network=actor.scope or 0)

    def act() -> str:
        typed = {name: form.cleaned_data[name] for name in ("title", "call")}
        made = actions.open_matching_plan(
            network=Network.objects.get(slug=actor.key), by=actor, **typed
        )
        return _url(request, "matching_plan", made.pk)

    if url := create(request, form, act):
        return done_redirect(request, url, "Le premier scénario est en cours de calcul.")
    needs = len(selectors.needs_to_fill(actor.scope or 0))
    context = {"form": form, "needs": needs, "cancel": _url(request, "matching_plans")}
    return render_page(request, "planning/reseau_open_round.html", context)


@role_required("reseau")
def matching_plan(request: Request, pk: int) -> HttpResponse:
    """The scenarios side by side, and the plan of the one chosen, need by need."""
    instance = get_object_or_404(selectors.with_related(request.actor), pk=pk)
    scenarios = list(instance.scenarios.all())
    asked = request.GET.get("scenario", "")
    shown = next((each for each in scenarios if str(each.pk) == asked), scenarios[0])
    base = scenarios[0]
    names = pages.names_for(request.actor, [shown.plan, shown.before, base.plan])
    context = {
        "matching_plan": instance,
        "open": rules.can_plan(request.actor, instance),
        "columns": SCENARIOS,
        "needs": NEEDS,
        "table": pages.table_of(scenarios),
        "shown": shown,
        "lines": pages.lines_of(shown, names),
        "wanted": (shown.plan or selectors.EMPTY_PLAN)["wanted"],
        "from_base": pages.changes(base.plan, shown.plan, names) if shown != base else [],
        "since": pages.changes(shown.before, shown.plan, names),
        "base": base,
        "awaited": any(each.awaited for each in scenarios),
        "adopt": rules.can(request.actor, "adopt", instance) and not rules.missing_to_adopt(shown),
        "choices": pages.choices_for(instance, request.actor),
    }
    return render_page(request, "planning/reseau_plan.html", context)


@role_required("reseau")
def add_scenario(request: Request, pk: int) -> HttpResponse:
    """What if: another load, another fairness, shared experts, one more envelope."""
    instance = _matching_plan(request, pk)
    require(rules.can_plan(request.actor, instance))
    form = ScenarioForm(request.POST or None)

    def act() -> str:
        made = actions.add_scenario(matching_plan=instance, by=request.actor, **form.values)
        return f"{_url(request, 'matching_plan', pk)}?scenario={made.pk}"

    if url := create(request, form, act):
        return done_redirect(request, url, "Le scénario est en cours de calcul.")
    context = {
        "form": form,
        "matching_plan": instance,
        "cancel": _url(request, "matching_plan", pk),
    }
    return render_page(request, "planning/reseau_scenario.html", context)


@role_required("reseau")
def what_if(request: Request, pk: int) -> HttpResponse:
    """Why not this person there? The plan is computed with that choice and compared."""
    instance = _matching_plan(request, pk)
    require(rules.can_plan(request.actor, instance))
    form = PairForm(request.POST or None, **_pairs(request, instance))

    def act() -> str:
        need, expert = form.cleaned_data["need"], form.cleaned_data["expert"]
        name = f"Et si {expert} : {need}"[:80]
        made = actions.add_scenario(
            matching_plan=instance, name=name, need=need, expert=expert, by=request.actor
        )
        return f"{_url(request, 'matching_plan', pk)}?scenario={made.pk}"

    if url := create(request, form, act):
        return done_redirect(request, url, "La question est en cours de calcul.")
    context = {
        "form": form,
        "matching_plan": instance,
        "cancel": _url(request, "matching_plan", pk),
    }
    return render_page(request, "planning/reseau_what_if.html", context)


@role_required("reseau")
def choose(request: Request, pk: int) -> HttpResponse:
    """Impose somebody on a need or set them aside, by a click or with a reason."""
    instance = _matching_plan(request, pk)
    require(rules.can_plan(request.actor, instance))
    form = ChoiceForm(request.POST or None, **_pairs(request, instance))

    def act() -> None:
        actions.choose(matching_plan=instance, by=request.actor, **form.cleaned_data)

    if submit(request, form, act):
        return done_redirect(
            request, _back(request, pk), "Votre choix est noté. Le plan se recalcule."
        )
    context = {
        "form": form,
        "matching_plan": instance,
        "cancel": _url(request, "matching_plan", pk),
    }
    return render_page(request, "planning/reseau_choose.html", context)


@role_required("reseau")
@require_POST
def forget(request: Request, pk: int) -> HttpResponse:
    """Take a choice back."""
    own = Choice.objects.filter(matching_plan__in=MatchingPlan.objects.visible_to(request.actor))
    choice = get_object_or_404(own.select_related("matching_plan"), pk=pk)
    require(rules.can_plan(request.actor, choice.matching_plan))
    matching_plan_pk = choice.matching_plan_id
    return _do(
        request,
        matching_plan_pk,
        lambda: actions.forget(choice=choice, by=request.actor),
        "Le choix est oublié. Le plan se recalcule.",
    )


@role_required("reseau")
@require_POST
def recompute(request: Request, pk: int) -> HttpResponse:
    """Compute again on the needs and profiles of today."""
    instance = _matching_plan(request, pk)
    require(rules.can_plan(request.actor, instance))
    act = lambda: actions.recompute(matching_plan=instance, by=request.actor)  # noqa: E731
    return _do(request, pk, act, "Le calcul reprend.")


@role_required("reseau")
@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """Stop a computation."""
    instance = _scenario(request, pk)
    require(rules.can_plan(request.actor, instance.matching_plan))
    act = lambda: actions.stop(scenario=instance, by=request.actor)  # noqa: E731
    return _do(request, instance.matching_plan_id, act, "Le calcul est arrêté.")


@role_required("reseau")
@require_POST
def remove_scenario(request: Request, pk: int) -> HttpResponse:
    """Take a scenario away."""
    instance = _scenario(request, pk)
    require(rules.can_plan(request.actor, instance.matching_plan))
    act = lambda: actions.remove_scenario(scenario=instance, by=request.actor)  # noqa: E731
    return _do(request, instance.matching_plan_id, act, "Le scénario est retiré.")


@role_required("reseau")
def adopt(request: Request, pk: int) -> HttpResponse:
    """Read once more what will be proposed to whom, then send it all in one act."""
    scenario = _scenario(request, pk)
    require(rules.can(request.actor, "adopt", scenario.matching_plan))
    form = ActionForm(request.POST or None, subject=scenario.matching_plan)
    url = _url(request, "matching_plan", scenario.matching_plan_id)
    done: list[int] = []

    def act() -> None:
        done.append(
            actions.adopt(scenario, by=request.actor, expected_version=form.expected_version)
        )

    if submit(request, form, act):
        return done_redirect(request, url, f"Le plan est adopté : {done[0]} propositions envoyées.")
    made = selectors.adoptable(scenario, request.actor)
    missing = rules.missing_to_adopt(scenario)
    context = {"form": form, "scenario": scenario, "made": made, "missing": missing, "cancel": url}
    return render_page(request, "planning/reseau_adopt.html", context)


@role_required("reseau")
def drop(request: Request, pk: int) -> HttpResponse:
    """Abandon a plan."""
    instance = _matching_plan(request, pk)
    require(rules.can(request.actor, "drop", instance))
    form = ActionForm(request.POST or None, subject=instance)
    if submit(
        request,
        form,
        lambda: actions.drop(instance, by=request.actor, expected_version=form.expected_version),
    ):
        return done_redirect(request, _url(request, "matching_plans"), "Le plan est abandonné.")
    context = {
        "form": form,
        "matching_plan": instance,
        "cancel": _url(request, "matching_plan", pk),
    }
    return render_page(request, "planning/reseau_drop.html", context)


@role_required("reseau")
def outlook(request: Request) -> HttpResponse:
    """What the network lacks: needs left short, people and employers to look for."""
    context = {"columns": UNMET, **pages.outlook_for(request.actor)}
    return render_page(request, "planning/reseau_outlook.html", context)


def _url(request: Request, name: str, *args: object) -> str:
    return reverse(f"planning:reseau_{name}", args=[request.actor.key, *args])


def _back(request: Request, pk: int) -> str:
    """The round, at the scenario that was before the eyes."""
    scenario = request.POST.get("scenario", "")
    known = f"?scenario={scenario}" if scenario.isdecimal() else ""
    return _url(request, "matching_plan", pk) + known


def _do(request: Request, pk: int, act: Any, done: str) -> HttpResponse:
    """A click without a page of its own: done, or told why not, back on the round."""
    try:
        act()
    except ActionNotAllowed as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect(_back(request, pk))
    return done_redirect(request, _back(request, pk), done)


def _matching_plan(request: Request, pk: int) -> MatchingPlan:
    related = MatchingPlan.objects.visible_to(request.actor).select_related("network", "call")
    return get_object_or_404(related, pk=pk)


def _scenario(request: Request, pk: int) -> Scenario:
    own = Scenario.objects.filter(matching_plan__in=MatchingPlan.objects.visible_to(request.actor))
    return get_object_or_404(
        own.select_related("matching_plan__network", "matching_plan__call"), pk=pk
    )


def _pairs(request: Request, instance: MatchingPlan) -> dict[str, Any]:
    needs = Need.objects.filter(pk__in=[need.pk for need in selectors.open_needs(instance)])
    experts = Expert.objects.visible_to(request.actor).filter(state="available")
    by_name = experts.select_related("person").order_by("person__name")
    return {"needs": needs.order_by("title"), "experts": by_name}
