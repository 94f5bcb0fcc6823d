"""Planning a round: scenarios computed by jobs, choices, adoption in one act, outlook."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from explor.actors.experts.models import Expert
from explor.actors.networks.models import Network
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need
from explor.journey.proposals import actions as proposals

from . import engine, pages, rules, selectors
from .models import Choice, MatchingPlan, RecruitmentNeeds, Scenario, Status

BASE = "De base"
SOMEBODY_WAITS = 10  # before letters and reactions, whose priority is 0
SOON = 3  # seconds during which several changes are read together


@transaction.atomic
def open_matching_plan(
    *, network: Network, title: str, call: Call | None, by: Actor
) -> MatchingPlan:
    """Start planning the needs to fill of a network; the first scenario is computed at once."""
    made = MatchingPlan.objects.create(network=network, title=title, call=call)
    audit.log(made, "open_round", by=by)
    add_scenario(matching_plan=made, name=BASE, by=by)
    return made


@transaction.atomic
def add_scenario(*, matching_plan: MatchingPlan, name: str, by: Actor, **choices: Any) -> Scenario:
    """Add another way of planning the round, computed by a job."""
    matching_plan = _locked(matching_plan)
    if reasons := rules.missing_to_add(matching_plan):
        raise ActionNotAllowed(*reasons)
    with integrity_errors_as(Scenario):
        made = Scenario.objects.create(matching_plan=matching_plan, name=name, **choices)
    audit.log(matching_plan, "add_scenario", by=by, details={"scenario": name})
    _ask(made)
    return made


@transaction.atomic
def remove_scenario(*, scenario: Scenario, by: Actor) -> None:
    """Delete a scenario; the first one stays, as the others are compared with it."""
    matching_plan = _locked(scenario.matching_plan)
    reasons = rules.missing_to_plan(matching_plan)
    if scenario.pk == matching_plan.scenarios.values_list("pk", flat=True).first():
        reasons.append("Le premier scénario sert de comparaison aux autres : il reste.")
    if reasons:
        raise ActionNotAllowed(*reasons)
    audit.log(matching_plan, "remove_scenario", by=by, details={"scenario": scenario.name})
    scenario.delete()


@transaction.atomic
def choose(
    *,
    matching_plan: MatchingPlan,
    need: Need,
    expert: Expert,
    kind: str,
    by: Actor,
    reason: str = "",
) -> None:
    """Impose a person on a need or set one aside; every scenario is computed again."""
    matching_plan = _locked(matching_plan)
    if reasons := rules.missing_to_plan(matching_plan):
        raise ActionNotAllowed(*reasons)
    Choice.objects.update_or_create(
        matching_plan=matching_plan,
        need=need,
        expert=expert,
        defaults={"kind": kind, "reason": reason, "by": str(by), "at": timezone.now()},
    )
    details = {"need": need.pk, "expert": expert.pk, "kind": kind}
    audit.log(matching_plan, "choose", by=by, reason=reason, details=details)
    _ask_all(matching_plan)


@transaction.atomic
def forget(*, choice: Choice, by: Actor) -> None:
    """Delete a choice: the planner decides again about this person and this need."""
    matching_plan = _locked(choice.matching_plan)
    if reasons := rules.missing_to_plan(matching_plan):
        raise ActionNotAllowed(*reasons)
    details = {"need": choice.need_id, "expert": choice.expert_id, "kind": choice.kind}
    audit.log(matching_plan, "forget", by=by, details=details)
    choice.delete()
    _ask_all(matching_plan)


@transaction.atomic
def recompute(*, matching_plan: MatchingPlan, by: Actor) -> None:
    """Compute every scenario again on the needs and the profiles of today."""
    matching_plan = _locked(matching_plan)
    if reasons := rules.missing_to_plan(matching_plan):
        raise ActionNotAllowed(*reasons)
    audit.log(matching_plan, "recompute", by=by)
    _ask_all(matching_plan)


@transaction.atomic
def stop(*, scenario: Scenario, by: Actor) -> None:
    """Stop a computation; the plan computed before stays."""
    Scenario.objects.filter(pk=scenario.pk, status__in=(Status.QUEUED, Status.RUNNING)).update(
        status=Status.STOPPED, note="Le calcul a été arrêté."
    )
    audit.log(scenario.matching_plan, "stop", by=by, details={"scenario": scenario.name})


def compute(scenario: Scenario) -> None:
    """Compute the plan of a scenario; a problem with the choices is noted on it, not raised."""
    if not _start(scenario):
        return
    try:
        plan = _planned(scenario)
    except engine.PinError as refused:
        _finish(
            scenario,
            Status.FAILED,
            note=" ".join(pages.named_in(refused.reasons, scenario.matching_plan)),
        )
    except engine.Cancelled:
        return
    except Exception:
        _finish(scenario, Status.FAILED, note="Le calcul a échoué. Relancez-le.")
        raise
    else:
        _finish(scenario, Status.DONE, plan=plan, before=scenario.plan)


def _planned(scenario: Scenario) -> dict[str, Any]:
    matching_plan = scenario.matching_plan
    needs = selectors.open_needs(matching_plan, deferred=scenario.deferred)
    if not needs:
        return selectors.EMPTY_PLAN
    pins, bans = selectors.choices_of(scenario)
    problem = engine.gather(
        needs,
        None if scenario.shared else matching_plan.network_id,
        extra_load=scenario.extra_load,
        **engine.settings_of(scenario),
    )
    asked = {need.pk for need in needs}
    imposed = [engine.pair_of(*pair) for pair in pins if pair[0] in asked]
    plan = engine.solve(
        problem,
        pins=imposed,
        bans=[engine.pair_of(*pair) for pair in bans],
        previous=scenario.plan,
        progress=_progress(scenario),
    )
    return engine.as_kept(plan, imposed)


def _start(scenario: Scenario) -> bool:
    """Mark a computation as running; return False when it is no longer asked.

    One that is already marked so belonged to a worker that was killed: it begins again.
    """
    asked = Scenario.objects.filter(pk=scenario.pk, status__in=(Status.QUEUED, Status.RUNNING))
    return bool(asked.update(status=Status.RUNNING, progress=0, note=""))


def _progress(scenario: Scenario) -> Callable[[float, str], None]:
    """Return what notes the progress of the work, and stops it when an officer asked."""

    def tell(share: float, text: str) -> None:
        running = Scenario.objects.filter(pk=scenario.pk, status=Status.RUNNING)
        if not running.update(progress=round(100 * share), note=text):
            raise engine.Cancelled

    return tell


def _finish(scenario: Scenario, status: str, **values: Any) -> None:
    """Record the end of a computation, unless it was stopped or asked again meanwhile."""
    running = Scenario.objects.filter(pk=scenario.pk, status=Status.RUNNING)
    values = {"note": "", **values}
    running.update(status=status, progress=100, done_at=timezone.now(), **values)


@transaction.atomic
def adopt(scenario: Scenario, *, by: Actor, expected_version: int | None = None) -> int:
    """Propose every placement of a plan to its parties, and keep its reserves, in one act.

    What is only a hypothesis (a need not selected, somebody who has not let this network see the
    profile) is left out. All or nothing: when one proposal is refused, none is made. The rankings
    are read before any lock; then the needs are locked, then the round.

    Returns:
        How many proposals were made.

    Raises:
        Refused: the scenario is not computed, places nobody, or a placement no longer holds.
    """
    if reasons := rules.missing_to_adopt(scenario):
        raise ActionNotAllowed(*reasons)
    adoptable = selectors.adoptable(scenario, by)
    ranked = engine.lines_of_places(adoptable.places)
    proposals.lock_needs({place.need.pk for place in adoptable.places})
    details = {"scenario": scenario.name, "proposals": len(adoptable.places)}
    audit.transition(
        scenario.matching_plan, "adopt", by=by, expected_version=expected_version, details=details
    )
    if reasons := _propose_all(scenario, adoptable.places, ranked, by):
        raise ActionNotAllowed(*reasons, "Rien n’a été proposé. Relancez le calcul du plan.")
    _keep_reserves(adoptable.reserves, by)
    return len(adoptable.places)


def _propose_all(
    scenario: Scenario, places: Sequence[Any], ranked: Mapping[tuple[int, int], Any], by: Actor
) -> list[str]:
    """Propose each placement and return why some are refused."""
    reasons = []
    for place in places:
        try:
            proposals.introduce(
                need=place.need,
                expert=place.expert,
                start=place.start,
                end=place.end,
                by=by,
                override=place.why(scenario),
                line=ranked.get((place.need.pk, place.expert.pk)),
            )
        except ActionNotAllowed as refusal:
            reasons += [f"{place.need} – {place.expert} : {text}" for text in refusal.reasons]
    return reasons


def _keep_reserves(reserves: Sequence[Any], by: Actor) -> None:
    for place in reserves:
        proposals.keep_in_reserve(
            need=place.need, expert=place.expert, rank=place.rank, until=place.until, by=by
        )


def drop(
    matching_plan: MatchingPlan, *, by: Actor, expected_version: int | None = None
) -> MatchingPlan:
    """Abandon a plan: nothing is proposed, its scenarios stay readable."""
    return audit.transition(matching_plan, "drop", by=by, expected_version=expected_version)


def look_soon(networks: Sequence[int]) -> None:
    """Have the outlook of these networks computed in a few seconds, once for several changes."""
    for network in networks:
        lock = f"outlook:{network}"
        job = app.configure_task(
            "planning.look_out", lock=lock, queueing_lock=lock, schedule_in={"seconds": SOON}
        )
        try:
            with transaction.atomic():
                job.defer(network=network)
        except AlreadyEnqueued:
            continue  # the one that waits will read this change too


def look_out(network: Network) -> RecruitmentNeeds:
    """Compute what a network lacks: needs left short, people and employers to look for."""
    needs = selectors.needs_to_fill(network.pk)
    values: dict[str, Any] = {"unmet": [], "wanted": [], "employers": []}
    values |= {"seconds": 0, "experts": 0}
    if needs:
        problem = engine.gather(needs, network.pk, wanted=selectors.WANTED)
        plan = engine.solve(problem, pins=(), bans=(), previous=None, progress=_silent)
        values |= engine.outlook_of(problem, plan, selectors.families_of(network.pk))
        values |= {"seconds": plan.seconds, "experts": len(problem.experts)}
    values |= {"at": timezone.now(), "needs": len(needs)}
    return RecruitmentNeeds.objects.update_or_create(network=network, defaults=values)[0]


def _silent(share: float, text: str) -> None:
    """Nobody watches this computation."""


def _locked(matching_plan: MatchingPlan) -> MatchingPlan:
    """Return the round, locked for this transaction against another officer."""
    return MatchingPlan.objects.select_for_update(of=("self",), no_key=True).get(
        pk=matching_plan.pk
    )


def _ask_all(matching_plan: MatchingPlan) -> None:
    for scenario in matching_plan.scenarios.all():
        _ask(scenario)


def _ask(scenario: Scenario) -> None:
    """Have a scenario computed by a job; it replaces a computation under way."""
    Scenario.objects.filter(pk=scenario.pk).update(
        status=Status.QUEUED, progress=0, note="", asked_at=timezone.now()
    )
    lock = f"scenario:{scenario.pk}"
    job = app.configure_task("planning.compute", lock=lock, priority=SOMEBODY_WAITS)
    job.defer(scenario=scenario.pk)
