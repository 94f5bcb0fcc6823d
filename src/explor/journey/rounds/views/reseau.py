"""An officer plans a round: scenarios, choices by a click, differences, adoption."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from explor.actors.experts.models import Expert
from explor.actors.networks.models import Network
from explor.ground.common.access import require
from explor.ground.common.conflict import Refused
from explor.ground.common.forms import Act
from explor.ground.common.hats import wear
from explor.ground.common.request import Request
from explor.ground.common.views import answer, create, page, submit
from explor.journey.needs.models import Need

from .. import actions, pages, rules, selectors
from ..forms import ChoiceForm, PairForm, RoundForm, ScenarioForm
from ..models import Choice, Round, Scenario

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


@wear("reseau")
def rounds(request: Request) -> HttpResponse:
    """The plans of the network."""
    context = {"rows": selectors.rounds(request.actor)[:100], "columns": COLUMNS}
    return page(request, "rounds/reseau_rounds.html", context)


@wear("reseau")
def open_round(request: Request) -> HttpResponse:
    """Name a plan; its first scenario is computed at once."""
    actor = request.actor
    require(rules.can_open_round(actor, actor.scope))
    form = RoundForm(request.POST or None, network=actor.scope or 0)

    def act() -> str:
        typed = {name: form.cleaned_data[name] for name in ("title", "call")}
        made = actions.open_round(network=Network.objects.get(slug=actor.key), by=actor, **typed)
        return _url(request, "round", made.pk)

    if url := create(request, form, act):
        return answer(request, url, "Le premier scénario est en cours de calcul.")
    needs = len(selectors.needs_to_fill(actor.scope or 0))
    context = {"form": form, "needs": needs, "cancel": _url(request, "rounds")}
    return page(request, "rounds/reseau_open_round.html", context)


@wear("reseau")
def round(request: Request, pk: int) -> HttpResponse:
    """The scenarios side by side, and the plan of the one chosen, need by need."""
    instance = get_object_or_404(selectors.whole(request.actor), pk=pk)
    scenarios = list(instance.scenarios.all())
    asked = request.GET.get("scenario", "")
    shown = next((each for each in scenarios if str(each.pk) == asked), scenarios[0])
    base = scenarios[0]
    names = pages.names_for(request.actor, [shown.plan, shown.before, base.plan])
    context = {
        "round": instance,
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
    return page(request, "rounds/reseau_round.html", context)


@wear("reseau")
def add_scenario(request: Request, pk: int) -> HttpResponse:
    """What if: another load, another fairness, shared experts, one more envelope."""
    instance = _round(request, pk)
    require(rules.can_plan(request.actor, instance))
    form = ScenarioForm(request.POST or None)

    def act() -> str:
        made = actions.add_scenario(round=instance, by=request.actor, **form.values)
        return f"{_url(request, 'round', pk)}?scenario={made.pk}"

    if url := create(request, form, act):
        return answer(request, url, "Le scénario est en cours de calcul.")
    context = {"form": form, "round": instance, "cancel": _url(request, "round", pk)}
    return page(request, "rounds/reseau_scenario.html", context)


@wear("reseau")
def what_if(request: Request, pk: int) -> HttpResponse:
    """Why not this person there? The plan is computed with that choice and compared."""
    instance = _round(request, pk)
    require(rules.can_plan(request.actor, instance))
    form = PairForm(request.POST or None, **_pairs(request, instance))

    def act() -> str:
        need, expert = form.cleaned_data["need"], form.cleaned_data["expert"]
        name = f"Et si {expert} : {need}"[:80]
        made = actions.add_scenario(
            round=instance, name=name, need=need, expert=expert, by=request.actor
        )
        return f"{_url(request, 'round', pk)}?scenario={made.pk}"

    if url := create(request, form, act):
        return answer(request, url, "La question est en cours de calcul.")
    context = {"form": form, "round": instance, "cancel": _url(request, "round", pk)}
    return page(request, "rounds/reseau_what_if.html", context)


@wear("reseau")
def choose(request: Request, pk: int) -> HttpResponse:
    """Impose somebody on a need or set them aside, by a click or with a reason."""
    instance = _round(request, pk)
    require(rules.can_plan(request.actor, instance))
    form = ChoiceForm(request.POST or None, **_pairs(request, instance))

    def act() -> None:
        actions.choose(round=instance, by=request.actor, **form.cleaned_data)

    if submit(request, form, act):
        return answer(request, _back(request, pk), "Votre choix est noté. Le plan se recalcule.")
    context = {"form": form, "round": instance, "cancel": _url(request, "round", pk)}
    return page(request, "rounds/reseau_choose.html", context)


@wear("reseau")
@require_POST
def forget(request: Request, pk: int) -> HttpResponse:
    """Take a choice back."""
    own = Choice.objects.filter(round__in=Round.objects.visible_to(request.actor))
    choice = get_object_or_404(own.select_related("round"), pk=pk)
    require(rules.can_plan(request.actor, choice.round))
    round_pk = choice.round_id
    return _do(
        request,
        round_pk,
        lambda: actions.forget(choice=choice, by=request.actor),
        "Le choix est oublié. Le plan se recalcule.",
    )


@wear("reseau")
@require_POST
def recompute(request: Request, pk: int) -> HttpResponse:
    """Compute again on the needs and profiles of today."""
    instance = _round(request, pk)
    require(rules.can_plan(request.actor, instance))
    act = lambda: actions.recompute(round=instance, by=request.actor)  # noqa: E731
    return _do(request, pk, act, "Le calcul reprend.")


@wear("reseau")
@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """Stop a computation."""
    instance = _scenario(request, pk)
    require(rules.can_plan(request.actor, instance.round))
    act = lambda: actions.stop(scenario=instance, by=request.actor)  # noqa: E731
    return _do(request, instance.round_id, act, "Le calcul est arrêté.")


@wear("reseau")
@require_POST
def remove_scenario(request: Request, pk: int) -> HttpResponse:
    """Take a scenario away."""
    instance = _scenario(request, pk)
    require(rules.can_plan(request.actor, instance.round))
    act = lambda: actions.remove_scenario(scenario=instance, by=request.actor)  # noqa: E731
    return _do(request, instance.round_id, act, "Le scénario est retiré.")


@wear("reseau")
def adopt(request: Request, pk: int) -> HttpResponse:
    """Read once more what will be proposed to whom, then send it all in one act."""
    scenario = _scenario(request, pk)
    require(rules.can(request.actor, "adopt", scenario.round))
    form = Act(request.POST or None, subject=scenario.round)
    url = _url(request, "round", scenario.round_id)
    done: list[int] = []

    def act() -> None:
        done.append(actions.adopt(scenario, by=request.actor, seen=form.seen))

    if submit(request, form, act):
        return answer(request, url, f"Le plan est adopté : {done[0]} propositions envoyées.")
    made = selectors.adoptable(scenario, request.actor)
    missing = rules.missing_to_adopt(scenario)
    context = {"form": form, "scenario": scenario, "made": made, "missing": missing, "cancel": url}
    return page(request, "rounds/reseau_adopt.html", context)


@wear("reseau")
def drop(request: Request, pk: int) -> HttpResponse:
    """Abandon a plan."""
    instance = _round(request, pk)
    require(rules.can(request.actor, "drop", instance))
    form = Act(request.POST or None, subject=instance)
    if submit(request, form, lambda: actions.drop(instance, by=request.actor, seen=form.seen)):
        return answer(request, _url(request, "rounds"), "Le plan est abandonné.")
    context = {"form": form, "round": instance, "cancel": _url(request, "round", pk)}
    return page(request, "rounds/reseau_drop.html", context)


@wear("reseau")
def outlook(request: Request) -> HttpResponse:
    """What the network lacks: needs left short, people and employers to look for."""
    context = {"columns": UNMET, **pages.outlook_for(request.actor)}
    return page(request, "rounds/reseau_outlook.html", context)


def _url(request: Request, name: str, *args: object) -> str:
    return reverse(f"rounds:reseau_{name}", args=[request.actor.key, *args])


def _back(request: Request, pk: int) -> str:
    """The round, at the scenario that was before the eyes."""
    scenario = request.POST.get("scenario", "")
    known = f"?scenario={scenario}" if scenario.isdecimal() else ""
    return _url(request, "round", pk) + known


def _do(request: Request, pk: int, act: Any, done: str) -> HttpResponse:
    """A click without a page of its own: done, or told why not, back on the round."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect(_back(request, pk))
    return answer(request, _back(request, pk), done)


def _round(request: Request, pk: int) -> Round:
    related = Round.objects.visible_to(request.actor).select_related("network", "call")
    return get_object_or_404(related, pk=pk)


def _scenario(request: Request, pk: int) -> Scenario:
    own = Scenario.objects.filter(round__in=Round.objects.visible_to(request.actor))
    return get_object_or_404(own.select_related("round__network", "round__call"), pk=pk)


def _pairs(request: Request, instance: Round) -> dict[str, Any]:
    needs = Need.objects.filter(pk__in=[need.pk for need in selectors.open_needs(instance)])
    experts = Expert.objects.visible_to(request.actor).filter(state="available")
    by_name = experts.select_related("person").order_by("person__name")
    return {"needs": needs.order_by("title"), "experts": by_name}
