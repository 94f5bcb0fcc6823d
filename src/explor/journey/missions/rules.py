"""What holds a departure back, and who may act on a mission."""

from datetime import date, timedelta

from explor.ground.common import slots
from explor.ground.common.actor import Actor
from explor.ground.travel_advice.queries import reading_for
from explor.ground.travel_advice.rules import Outcome, Verdict, verdict
from explor.journey.releases.states import State as Release

from .engine import passport_needed_until
from .models import ChecklistItem, Mission
from .states import State

slots.offer("mission:clearing", "callable(mission) -> list[str]: what holds the departure back")
slots.offer("mission:closing", "callable(mission) -> list[str]: what is still awaited")

EARLY = timedelta(days=2)


def can(actor: Actor, verb: str, mission: Mission) -> bool:
    """May `actor` take `verb` on this mission?"""
    return is_concerned(actor, mission) and mission.workflow.allows(mission.state, verb, actor.hat)


def is_concerned(actor: Actor, mission: Mission) -> bool:
    """The network, the association, the employer and the expert of the mission."""
    own = {
        "reseau": mission.network_id == actor.scope,
        "association": mission.association_id == actor.scope,
        "employeur": mission.employer_id == actor.scope,
        "expert": mission.expert_id == actor.scope,
    }
    return own.get(actor.hat, actor.hat == "systeme")


def can_tick(actor: Actor, item: ChecklistItem) -> bool:
    """The party a step is given to, and the network for those who phoned."""
    mission = item.mission
    if mission.state not in (State.PREPARING, State.CLEARED) or not is_concerned(actor, mission):
        return False
    return actor.hat in ("reseau", item.party)


def advice_on(mission: Mission, today: date) -> Verdict:
    """What travel advice allows at the place of the mission, as read last."""
    return verdict(reading_for(mission.country, mission.place, today), today)


def blockers_to_clear(mission: Mission, today: date, *, reason: str = "") -> list[str]:
    """Why a mission cannot leave yet, each with what to do."""
    blockers = []
    if mission.release.state != Release.AGREED:
        blockers.append("La convention n’est pas signée par toutes les parties.")
    blockers += [f"Il manque : {item.label}." for item in late_items(mission)]
    blockers += _papers(mission)
    blockers += [line for ask in slots.filled("mission:clearing") for line in ask(mission)]
    return blockers + _advice(mission, today, reason)


def late_items(mission: Mission) -> list[ChecklistItem]:
    """The steps that hold the clearance back and are not done; the agreement is read by itself."""
    items = mission.checklist.filter(blocking=True, done_at=None).exclude(code="agreement")
    return list(items.order_by("due", "pk"))


def _papers(mission: Mission) -> list[str]:
    passport = mission.checklist.filter(code="passport", done_at__isnull=False).first()
    needed = passport_needed_until(mission.end)
    if passport and (passport.valid_until is None or passport.valid_until < needed):
        return [f"Le passeport doit être valable jusqu’au {needed:%d/%m/%Y} au moins."]
    return []


def _advice(mission: Mission, today: date, reason: str) -> list[str]:
    advice = advice_on(mission, today)
    if advice.outcome == Outcome.CLEAR:
        return []
    if advice.outcome == Outcome.TO_READ:
        return [f"Conseils aux voyageurs : {advice.sentence}"]
    if advice.outcome == Outcome.APPROVAL:
        return [] if reason or mission.override else [f"Écrivez pourquoi : {advice.sentence}"]
    if mission.override and mission.override_by:
        return []
    return [f"Arrêt : {advice.sentence} Seule une autorité nommée peut déroger, par écrit."]


def missing_to_depart(mission: Mission, today: date) -> list[str]:
    """One leaves around the day planned, on a clearance that still holds."""
    if not mission.start - EARLY <= today <= mission.end:
        return [f"Le départ est prévu le {mission.start:%d/%m/%Y}."]
    return _advice(mission, today, mission.override or "accord donné au feu vert")


def missing_to_move(mission: Mission, start: date, end: date, today: date) -> list[str]:
    """New dates stay within the bounds of the call, and are to come."""
    days = (end - start).days + 1
    missing = []
    if not mission.min_days <= days <= mission.max_days:
        missing.append(f"La mission dure de {mission.min_days} à {mission.max_days} jours.")
    if start <= today:
        missing.append("Les nouvelles dates sont à venir.")
    return missing


def missing_to_close(mission: Mission) -> list[str]:
    """What later phases still ask of a mission before its file is closed."""
    return [reason for ask in slots.filled("mission:closing") for reason in ask(mission)]
