"""Permissions on missions, and the conditions of each action on them, except new dates."""

from collections.abc import Sequence
from datetime import date, timedelta

from explor.ground.http.actor import Actor
from explor.ground.travel_advice.rules import Outcome, Verdict, verdict
from explor.ground.travel_advice.selectors import reading_for
from explor.ground.ui import hooks
from explor.journey.proposals.models import Proposal
from explor.journey.proposals.rules import missing_employer
from explor.journey.proposals.rules import own_seat as own_seat
from explor.journey.proposals.states import State as ProposalState
from explor.journey.releases.engine import reading_of
from explor.journey.releases.models import Release
from explor.journey.releases.rules import (
    closed_today,
    contradicted,
    missing_agreement,
)
from explor.journey.releases.states import GRANTED
from explor.journey.releases.states import State as ReleaseState

from ..engine import passport_needed_until
from ..models import ChecklistItem, Mission
from ..states import BEFORE, TAKEN_OVER, State, properties_of, states_where

hooks.define("mission:clearing", "callable(mission) -> list[str]: what holds the departure back")
hooks.define("mission:remarks", "callable(mission) -> list[str]: what to know before it leaves")
hooks.define("mission:closing", "callable(mission) -> list[str]: what is still awaited")
hooks.define("mission:unreported", "callable(mission) -> list[str]: why its report is awaited")
hooks.define("mission:undoing", "callable(mission) -> list[str]: what was built on its last act")

EARLY = timedelta(days=2)
# The verbs whose reason, written by a person, may reveal the health of the expert.
PRIVATE = ("suspend", "undo_departure", "undo_return", "close_without_report")
STOPPABLE = (State.CLEARED, State.AWAY)  # the states that new travel advice may stop
# The steps that reveal the health or the papers of the person: no employer sees them.
PERSONAL = ("passport", "visa", "vaccines")
PERSONAL_LEFT = "Il reste des préparatifs propres à la personne."


def can(actor: Actor, verb: str, mission: Mission) -> bool:
    """Return True when `actor` may perform the workflow action `verb` on this mission now."""
    return is_concerned(actor, mission) and mission.workflow.allows(mission.state, verb, actor.role)


def is_concerned(actor: Actor, mission: Mission) -> bool:
    """Return True for the network, association, employer, expert of the mission, and the system."""
    own = {
        "reseau": mission.network_id == actor.scope,
        "association": mission.association_id == actor.scope,
        "employeur": mission.employer_id == actor.scope,
        "expert": mission.expert_id == actor.scope,
    }
    return own.get(actor.role, actor.role == "systeme")


def can_tick(actor: Actor, item: ChecklistItem) -> bool:
    """Return True, before the departure, for the party in charge of a step and for the network."""
    mission = item.mission
    if missing_to_tick(item) or not is_concerned(actor, mission):
        return False
    return actor.role in ("reseau", item.party)


def advice_on(mission: Mission, today: date) -> Verdict:
    """Return the verdict (outcome, sentence) of the latest travel advice on the mission's place."""
    return verdict(reading_for(mission.country, mission.place, today), today)


def blockers_to_clear(mission: Mission, today: date) -> list[str]:
    """Return why a mission cannot be cleared (preparation, travel advice), empty when it can."""
    return [*unready(mission, today), *against(mission, advice_on(mission, today))]


def unready(mission: Mission, today: date) -> list[str]:
    """Return why the preparation is incomplete, travel advice left out; empty when complete."""
    missing = _release(mission, today)
    missing += [_pending(item) for item in pending_steps(mission)]
    missing += [text for _, text in papers_on(mission, mission.end)]
    return missing + [line for ask in hooks.get("mission:clearing") for line in ask(mission)]


def _pending(item: ChecklistItem) -> str:
    return f"Il manque : {item.label} ({item.who})."


def can_see(actor: Actor, item: ChecklistItem) -> bool:
    """Return False for an employer on a step about the health or the papers of the person."""
    return actor.role != "employeur" or item.code not in PERSONAL


def can_read_cause(role: str) -> bool:
    """Return False for an employer: why a mission changed may reveal the health of the person."""
    return role != "employeur"


def for_employer(mission: Mission, blockers: Sequence[str]) -> list[str]:
    """Return the blockers as shown to an employer: one sentence replaces the personal ones."""
    personal = {_pending(item) for item in pending_steps(mission) if item.code in PERSONAL}
    personal |= {text for code, text in papers_on(mission, mission.end) if code in PERSONAL}
    shown = [each for each in blockers if each not in personal]
    return shown if len(shown) == len(blockers) else [*shown, PERSONAL_LEFT]


def remarks_on(mission: Mission) -> list[str]:
    """Return remarks to read before a clearance, which do not prevent it, [] if none."""
    return [line for ask in hooks.get("mission:remarks") for line in ask(mission)]


def pending_steps(mission: Mission) -> list[ChecklistItem]:
    """Return the blocking steps not done, except the agreement, which `_release` checks."""
    items = mission.checklist.filter(blocking=True, done_at=None).exclude(code="agreement")
    return list(items.order_by("due", "pk"))


def _release(mission: Mission, today: date) -> list[str]:
    """Return why the release prevents the departure: not signed, contradicted, or closed today."""
    # A withdrawal counts at once, before the job that ends the release has run.
    if mission.release.state == ReleaseState.ENDED or missing_agreement(mission.release):
        return ["Le départ n’est plus accordé : annulez la mission, la recherche reprend."]
    if mission.release.state != ReleaseState.AGREED:
        return ["La convention n’est pas signée par toutes les parties."]
    if left := missing_employer(mission.release.proposal):
        return left
    # A departure recorded late is checked on the planned day, before which the leave was granted.
    day = min(today, mission.start)
    closed = closed_today(reading_of(mission.release, mission.release.scheme, day))
    return [*contradicted(mission.release), *closed]


def papers_on(mission: Mission, end: date) -> list[tuple[str, str]]:
    """Return (code, sentence) per passport, visa or insurance that expires before a return."""
    until = {"passport": passport_needed_until(end), "visa": end, "insurance": end}
    held = mission.checklist.filter(code__in=until, done_at__isnull=False).order_by("due", "pk")
    return [
        (
            item.code,
            f"{PAPERS[item.code]} doit être valable jusqu’au {until[item.code]:%d/%m/%Y} au moins.",
        )
        for item in held
        if (item.valid_until or UNDATED[item.code]) < until[item.code]
    ]


# Assumed expiry of a paper without a date: a passport always has one, the others may not.
UNDATED = {"passport": date.min, "visa": date.max, "insurance": date.max}
PAPERS = {"passport": "Le passeport", "visa": "Le visa", "insurance": "L’assurance"}


def is_stopped(mission: Mission, advice: Verdict) -> bool:
    """Return True if the zone is red or the country closed, without an authority's override."""
    overridden = mission.override and mission.override_by
    return advice.outcome == Outcome.STOP and not overridden


def may_have_left(mission: Mission, today: date) -> bool:
    """Return whether the days of a mission have begun: a departure may be recorded late."""
    return mission.stay is not None and mission.stay.start <= today


def against(mission: Mission, advice: Verdict) -> list[str]:
    """Return why travel advice prevents the departure, empty when it does not.

    An orange zone no longer does once the network has given its reasons, nor a red zone or a closed
    country once a named authority has overridden it.
    """
    if advice.outcome == Outcome.TO_READ:
        return [f"Conseils aux voyageurs : {advice.sentence}"]
    if advice.outcome == Outcome.APPROVAL and not mission.override:
        return [f"Le réseau écrit pourquoi, en donnant le feu vert : {advice.sentence}"]
    if is_stopped(mission, advice):
        return [f"Arrêt : {advice.sentence} Seule une autorité nommée peut déroger, par écrit."]
    return []


def missing_to_depart(mission: Mission, on: date, today: date) -> list[str]:
    """Return why a departure on the day `on` is refused (wrong day, blockers), empty when allowed.

    Travel advice is evaluated as of that day: later advice does not invalidate a departure.
    """
    return blockers_of_departure_day(mission, on, today) or blockers_to_clear(mission, on)


def blockers_of_departure_day(mission: Mission, on: date, today: date) -> list[str]:
    """Return a reason when the expert cannot have left on the day `on`, empty when they can.

    A departure is at most two days before the planned one, at most on the last day, not in the
    future.
    """
    first, last = mission.start - EARLY, mission.end
    if not first <= on <= last:
        return [
            f"Le départ est prévu le {mission.start:%d/%m/%Y} : "
            f"il se note entre le {first:%d/%m/%Y} et le {last:%d/%m/%Y}."
        ]
    return [AHEAD] if on > today else []


def likely_departure(mission: Mission, today: date) -> date:
    """Return the day on which the expert most likely leaves, or left: as planned, or today."""
    return min(mission.start, today)


def missing_to_return(mission: Mission, on: date, today: date) -> list[str]:
    """Return why a return on the day `on` is refused, empty from the departure until today."""
    stay = mission.stay
    if stay is not None and on < stay.start:
        what = "qui a eu lieu" if stay.start_is_real else "prévu"
        return [f"Ce jour précède le départ, {what} le {stay.start:%d/%m/%Y}."]
    return [AHEAD] if on > today else []


AHEAD = "Ce jour est à venir : donnez un jour passé, ou aujourd’hui."


def missing_to_undo(mission: Mission) -> list[str]:
    """Return what depends on the last verb of a mission, empty when the verb can be undone."""
    return [reason for ask in hooks.get("mission:undoing") for reason in ask(mission)]


def missing_to_undo_return(mission: Mission) -> list[str]:
    """Return why a return cannot be undone: later steps depend on it, or the days are taken."""
    return [*missing_to_undo(mission), *_days_taken_since(mission)]


def _days_taken_since(mission: Mission) -> list[str]:
    """Return a reason when the expert has agreed to another mission on the planned days."""
    others = Proposal.objects.agreed().filter(expert=mission.expert_id)
    others = others.exclude(pk=mission.release.proposal_id)
    if others.overlapping(mission.start, mission.end).exists():
        return ["La personne s’est engagée ailleurs sur les jours que ce retour a libérés."]
    return []


def missing_to_tick(item: ChecklistItem) -> list[str]:
    """Return why the checklist cannot change (the expert has left), empty when it can."""
    return [] if item.mission.state in BEFORE else ["La préparation de cette mission est finie."]


def missing_to_close(mission: Mission) -> list[str]:
    """Return why a mission cannot be closed, from checks of later capabilities; [] when it can."""
    return [reason for ask in hooks.get("mission:closing") for reason in ask(mission)]


def missing_to_close_without_report(mission: Mission) -> list[str]:
    """Return why the report of a mission is still awaited, empty when it is long overdue."""
    return [reason for ask in hooks.get("mission:unreported") for reason in ask(mission)]


def can_close_without_report(actor: Actor, mission: Mission) -> bool:
    """Return True for another officer of the network, once the report is long overdue."""
    may = can(actor, "close_without_report", mission) and not own_seat(actor, mission.expert)
    return may and not missing_to_close_without_report(mission)


def missing_to_end(
    mission: Mission, *, verb: str, returned_on: date | None, today: date
) -> list[str]:
    """Return why a mission cannot end by this verb (no seat, wrong return day); [] if it can."""
    if verb == "go_remote":
        return missing_seat(mission)
    return missing_to_return(mission, returned_on, today) if returned_on else []


def missing_to_lose(proposal: Proposal) -> list[str]:
    """Return why the expert can no longer withdraw (mission begun or over), empty when they can."""
    mission = Mission.objects.filter(release__proposal=proposal.pk).first()
    if mission is None or State(mission.state) in (*BEFORE, *states_where(is_counted=False)):
        return []
    if properties_of(mission.state).is_over:
        return ["La mission a eu lieu : il n’y a plus de désistement."]
    return ["La mission est commencée : pour l’arrêter, le réseau l’interrompt sur sa page."]


def missing_to_open(release: Release) -> list[str]:
    """Return a reason unless the release is still granted, so that a mission can be opened."""
    granted = Release.objects.filter(pk=release.pk, state__in=GRANTED)
    return [] if granted.exists() else ["Le départ n’est plus accordé."]


def missing_to_amend(release: Release) -> list[str]:
    """Return a reason not to generate an amendment when the mission has ended; else empty."""
    mission = Mission.objects.filter(release=release.pk).first()
    if mission and properties_of(mission.state).is_outcome:
        return ["La mission n’a plus lieu comme convenu."]
    return []


def holds_seat(mission: Mission) -> bool:
    """Return whether the proposal of a mission is still agreed, and so takes a seat of the need."""
    proposal = Proposal.objects.filter(pk=mission.release.proposal_id)
    return proposal.filter(state=ProposalState.AGREED).exists()


def missing_seat(mission: Mission) -> list[str]:
    """Return a reason when a mission lost its seat, so that another expert may take it; else []."""
    return [] if holds_seat(mission) else [NO_SEAT]


NO_SEAT = "La personne ne part plus et sa place est libre : cette mission s’annule seulement."


def missing_to_take_over(state: str, start: date, end: date, today: date) -> list[str]:
    """Return why a mission begun before Explor cannot be imported in a state, empty when it can.

    Reasons: a state that cannot be imported, or dates in disorder or that contradict the state.
    """
    if state not in TAKEN_OVER:
        return [f"Une mission {State(state).label} ne se reprend pas."]
    known = properties_of(state)
    if end < start:
        return ["Le retour précède le départ."]
    if known.has_left and start > today:
        return [f"Dite partie, mais son départ est à venir : le {start:%d/%m/%Y}."]
    if known.is_over and end > today:
        return [f"Dite revenue, mais son retour est à venir : le {end:%d/%m/%Y}."]
    if not known.has_left and start < today:
        return [f"Dite à préparer, mais son départ est passé : le {start:%d/%m/%Y}."]
    return []
