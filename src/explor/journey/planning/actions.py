"""Actions on the plans of a network: open, scenarios, officers' choices, adopt, drop.

A plan matches many needs with experts at once. Background jobs compute its scenarios, and the
recruitment needs of the network; both are here, with the erasure of a person from plans.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from explor.actors.experts.models import Consent, Expert
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
INTERACTIVE_PRIORITY = 10  # an officer waits: runs before emails and other jobs, at 0
NAME_LENGTH = 80  # of a scenario
SOON = 3  # seconds during which several changes lead to one computation


@transaction.atomic
def open_plan(network: Network, *, title: str, call: Call | None, by: Actor) -> MatchingPlan:
    """Create a plan for the unfilled needs of a network, or of one `call`, with a first scenario.

    The job that computes this scenario is queued.
    """
    made = MatchingPlan.objects.create(network=network, title=title, call=call)
    audit.log(made, "open_plan", by=by)
    add_scenario(made, name=BASE, by=by)
    return made


@transaction.atomic
def add_scenario(matching_plan: MatchingPlan, *, name: str, by: Actor, **choices: Any) -> Scenario:
    """Add a scenario to a plan, and queue the job that computes it.

    Args:
        choices: values of other fields of the scenario.

    Raises:
        ActionNotAllowed: the plan is closed or has too many scenarios, or the name is used.
    """
    matching_plan = _locked(matching_plan)
    if reasons := rules.missing_to_add(matching_plan):
        raise ActionNotAllowed(*reasons)
    with integrity_errors_as(Scenario):
        made = Scenario.objects.create(matching_plan=matching_plan, name=name, **choices)
    audit.log(matching_plan, "add_scenario", by=by, details={"scenario": made.pk})
    _schedule(made)
    return made


def what_if(matching_plan: MatchingPlan, *, need: Need, expert: Expert, by: Actor) -> Scenario:
    """Add a scenario that imposes `expert` on `need`, to compare with the plan's first scenario.

    Raises:
        ActionNotAllowed: as in `add_scenario`; the name is used when the pair was tried already.
    """
    name = f"Et si {expert} : {need}"[:NAME_LENGTH]
    return add_scenario(matching_plan, name=name, need=need, expert=expert, by=by)


@transaction.atomic
def remove_scenario(scenario: Scenario, *, by: Actor) -> None:
    """Delete a scenario of a plan in preparation.

    Raises:
        ActionNotAllowed: it is the first, with which the others are compared, or the plan is
            adopted or dropped.
    """
    matching_plan = _locked(scenario.matching_plan)
    reasons = rules.missing_to_plan(matching_plan)
    if scenario.pk == matching_plan.scenarios.values_list("pk", flat=True).first():
        reasons.append("Le premier scénario sert de comparaison aux autres : il reste.")
    if reasons:
        raise ActionNotAllowed(*reasons)
    audit.log(matching_plan, "remove_scenario", by=by, details={"scenario": scenario.pk})
    scenario.delete()


@transaction.atomic
def choose(
    matching_plan: MatchingPlan,
    *,
    need: Need,
    expert: Expert,
    kind: str,
    by: Actor,
    reason: str = "",
) -> None:
    """Impose an expert on a need (`kind` "pin") or exclude the expert from it ("ban").

    An earlier choice on this need and expert is replaced. Every scenario is computed again. Raises
    ActionNotAllowed when the plan is adopted or dropped.
    """
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
    _schedule_all(matching_plan)


@transaction.atomic
def remove_choice(choice: Choice, *, by: Actor) -> None:
    """Delete an officer's choice, then compute every scenario again without the choice.

    Raises:
        ActionNotAllowed: the plan is adopted or dropped.
    """
    matching_plan = _locked(choice.matching_plan)
    if reasons := rules.missing_to_plan(matching_plan):
        raise ActionNotAllowed(*reasons)
    details = {"need": choice.need_id, "expert": choice.expert_id, "kind": choice.kind}
    audit.log(matching_plan, "remove_choice", by=by, details=details)
    choice.delete()
    _schedule_all(matching_plan)


@transaction.atomic
def recompute(matching_plan: MatchingPlan, *, by: Actor) -> None:
    """Queue every scenario of a plan again, to compute it on the current needs and profiles.

    Raises:
        ActionNotAllowed: the plan is adopted or dropped.
    """
    matching_plan = _locked(matching_plan)
    if reasons := rules.missing_to_plan(matching_plan):
        raise ActionNotAllowed(*reasons)
    audit.log(matching_plan, "recompute", by=by)
    _schedule_all(matching_plan)


@transaction.atomic
def stop(scenario: Scenario, *, by: Actor) -> None:
    """Stop the computation of a scenario, if it is queued or running; keep its last plan."""
    Scenario.objects.filter(pk=scenario.pk, status__in=(Status.QUEUED, Status.RUNNING)).update(
        status=Status.STOPPED, note="Le calcul a été arrêté."
    )
    audit.log(scenario.matching_plan, "stop", by=by, details={"scenario": scenario.name})


def compute(scenario: Scenario) -> None:
    """Compute the plan of a scenario and save it.

    When an imposed expert breaks a rule, the scenario fails: the reasons are saved, not raised.
    Any other error is noted on the scenario and raised. A stopped scenario saves nothing.
    """
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
    problem = engine.build_problem(
        needs,
        None if scenario.shared else matching_plan.network_id,
        extra_load=scenario.extra_load,
        **engine.settings_of(scenario),
    )
    keys = {need.pk for need in needs}
    imposed = [engine.pair_of(*pair) for pair in pins if pair[0] in keys]
    plan = engine.solve(
        problem,
        pins=imposed,
        bans=[engine.pair_of(*pair) for pair in bans],
        previous=scenario.plan,
        progress=_progress(scenario),
    )
    return engine.as_json(plan, imposed)


def _start(scenario: Scenario) -> bool:
    """Mark the computation of a scenario as running; return False when it was stopped.

    A scenario already marked as running was left by a killed worker: its computation restarts.
    """
    pending = Scenario.objects.filter(pk=scenario.pk, status__in=(Status.QUEUED, Status.RUNNING))
    return bool(pending.update(status=Status.RUNNING, progress=0, note=""))


def _progress(scenario: Scenario) -> Callable[[float, str], None]:
    """Return a callback that saves the progress, and raises `Cancelled` if an officer stopped it.

    The callback takes the fraction computed, from 0 to 1, and a text.
    """

    def report(share: float, text: str) -> None:
        running = Scenario.objects.filter(pk=scenario.pk, status=Status.RUNNING)
        if not running.update(progress=round(100 * share), note=text):
            raise engine.Cancelled

    return report


def _finish(scenario: Scenario, status: str, **values: Any) -> None:
    """Save the end of a scenario's computation, unless it was stopped or queued meanwhile.

    Args:
        values: values of other fields of the scenario, such as `plan` or `note`.
    """
    running = Scenario.objects.filter(pk=scenario.pk, status=Status.RUNNING)
    values = {"note": "", **values}
    running.update(status=status, progress=100, done_at=timezone.now(), **values)


@transaction.atomic
def adopt(scenario: Scenario, *, by: Actor, expected_version: int | None = None) -> int:
    """Propose every placement of a plan to its parties and keep its reserves, in one transaction.

    Placements on a need that is not selected, or of an expert who has not opened the profile to
    this network, are left out. When one proposal is refused, none is created. The rankings are
    computed before any lock; then the needs are locked, then the plan.

    Returns:
        How many proposals were created.

    Raises:
        ActionNotAllowed: the scenario is not computed, places nobody, or cannot be proposed.
        EditConflict: the plan changed since `expected_version`.
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
    """Propose each placement and return the reasons why some were refused, empty if none was.

    Args:
        places: the `Place` objects to propose.
        ranked: the shortlist lines, by (need, expert) primary keys.
    """
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
    """Abandon a plan in preparation without proposing anything; its scenarios stay readable.

    Raises:
        ActionNotAllowed: the plan is adopted or dropped already.
        EditConflict: the plan changed since `expected_version`.
    """
    return audit.transition(matching_plan, "drop", by=by, expected_version=expected_version)


def schedule_recruitment_needs(networks: Sequence[int]) -> None:
    """Queue the computation of recruitment needs in a few seconds, once for several changes.

    Args:
        networks: primary keys of the networks.
    """
    for network in networks:
        lock = f"recruitment:{network}"
        job = app.configure_task(
            "planning.compute_recruitment_needs",
            lock=lock,
            queueing_lock=lock,
            schedule_in={"seconds": SOON},
        )
        try:
            with transaction.atomic():
                job.defer(network=network)
        except AlreadyEnqueued:
            continue  # the job already queued will take this change into account


def compute_recruitment_needs(network: Network) -> RecruitmentNeeds:
    """Compute and save what a network lacks: unmet needs, profiles and employers to look for."""
    needs = selectors.needs_to_fill(network.pk)
    values: dict[str, Any] = {"unmet": [], "wanted": [], "employers": []}
    values |= {"seconds": 0, "experts": 0}
    if needs:
        problem = engine.build_problem(needs, network.pk, wanted=selectors.WANTED)
        plan = engine.solve(problem, pins=(), bans=(), previous=None, progress=_ignore_progress)
        values |= engine.recruitment_needs_of(problem, plan, selectors.families_of(network.pk))
        values |= {"seconds": plan.seconds, "experts": len(problem.experts)}
    values |= {"at": timezone.now(), "needs": len(needs)}
    return RecruitmentNeeds.objects.update_or_create(network=network, defaults=values)[0]


def _ignore_progress(share: float, text: str) -> None:
    """Ignore the progress: no page shows the progress of the computation of recruitment needs."""


def _locked(matching_plan: MatchingPlan) -> MatchingPlan:
    """Return the plan, its row locked until the end of the transaction."""
    return MatchingPlan.objects.select_for_update(of=("self",), no_key=True).get(
        pk=matching_plan.pk
    )


def _schedule_all(matching_plan: MatchingPlan) -> None:
    for scenario in matching_plan.scenarios.all():
        _schedule(scenario)


def _schedule(scenario: Scenario) -> None:
    """Queue the job that computes a scenario, in place of a computation under way."""
    Scenario.objects.filter(pk=scenario.pk).update(
        status=Status.QUEUED, progress=0, note="", requested_at=timezone.now()
    )
    lock = f"scenario:{scenario.pk}"
    job = app.configure_task("planning.compute", lock=lock, priority=INTERACTIVE_PRIORITY)
    job.defer(scenario=scenario.pk)


def erase_choices(expert: Expert) -> None:
    """Delete the choices and the scenarios about a person whose profile is erased."""
    Choice.objects.filter(expert=expert).delete()
    Scenario.objects.filter(expert=expert).delete()


def withhold_name(expert: Expert) -> None:
    """Remove the name of a person from scenarios of networks that may no longer see the profile."""
    consents = Consent.objects.filter(expert=expert, withdrawn_at=None).values("network")
    hidden = Scenario.objects.filter(expert=expert).exclude(matching_plan__network__in=consents)
    rows = list(hidden.select_related("need").order_by("pk"))
    for row in rows:
        row.name = f"Et si n° {row.pk} : {row.need}"[:NAME_LENGTH]
    Scenario.objects.bulk_update(rows, ["name"])
