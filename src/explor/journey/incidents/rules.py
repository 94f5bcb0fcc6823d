"""Permissions on incidents, and what prevents reports, measures and closing."""

from datetime import date, timedelta

from explor.actors.networks.models import Officer
from explor.ground.http.actor import Actor
from explor.journey.missions.models import Mission
from explor.journey.missions.rules import is_concerned, may_have_left
from explor.journey.missions.states import BEFORE, properties_of

from .models import Incident
from .selectors import readers_for
from .states import State

AFTER_RETURN = timedelta(days=15)
EAST = timedelta(days=1)  # a day begins up to fourteen hours earlier elsewhere than in Paris
CONFIDENTIAL_AFTER = timedelta(days=365)
REPORTING = ("expert", "association", "reseau")
CONFIDING = ("expert", "association", "partenaire")
NOBODY = "Personne, dans ce réseau, ne peut lire ce signalement : écrivez à la coordination."


def can_report(actor: Actor, mission: Mission) -> bool:
    """Return whether `actor` is the expert, the association or the network of this mission."""
    return actor.role in REPORTING and is_concerned(actor, mission)


def can_confide(actor: Actor, mission: Mission) -> bool:
    """Return whether `actor` may make a confidential report: expert, association or field partner.

    True for any field partner: their personal link, checked by the page, opens one mission only.
    """
    if actor.role == "partenaire":
        return True
    return actor.role in CONFIDING and is_concerned(actor, mission)


def can(actor: Actor, verb: str, incident: Incident) -> bool:
    """Return whether `actor` may do `verb` on this incident in its present state."""
    return can_follow(actor, incident) and incident.workflow.allows(
        incident.state, verb, actor.role
    )


def can_follow(actor: Actor, incident: Incident) -> bool:
    """Return whether `actor` is an officer of the mission's network who may read the incident."""
    if actor.role != "reseau" or incident.mission.network_id != actor.scope:
        return False
    return Incident.objects.visible_to(actor).filter(pk=incident.pk).exists()


def can_note(actor: Actor, incident: Incident) -> bool:
    """Return whether `actor` may record a measure on an incident; not once it is closed."""
    return can_follow(actor, incident) and not missing_to_note(incident)


def can_designate(actor: Actor, officer: Officer | None) -> bool:
    """Return whether `actor` is a director, who designates the readers of confidential reports.

    `officer` is the row of `actor` in their network, None if they have none.
    """
    directs = officer is not None and officer.position == Officer.Position.DIRECTION
    return actor.role == "reseau" and directs


def missing_to_report(mission: Mission, today: date) -> list[str]:
    """Return why no incident can be reported (before departure, long after the return), else []."""
    return _outside(mission, today, AFTER_RETURN)


def missing_to_confide(mission: Mission, today: date) -> list[str]:
    """Return why no confidential report can be made, else [].

    Reasons: the expert has not left, came back too long ago, or no officer may read the report.
    """
    if outside := blockers_of_confidential_period(mission, today):
        return outside
    return [] if readers_for(mission) else [NOBODY]


def blockers_of_confidential_period(mission: Mission, today: date) -> list[str]:
    """Return why the days of a mission allow no confidential report, else [].

    Reasons: the expert has not left, or came back more than `CONFIDENTIAL_AFTER` ago.
    """
    return _outside(mission, today, CONFIDENTIAL_AFTER)


def _outside(mission: Mission, today: date, after: timedelta) -> list[str]:
    stay = mission.stay
    if stay is None or not (_has_left(mission) or awaits_departure(mission, today)):
        return ["Personne n’est parti : un incident se signale à partir du départ."]
    if properties_of(mission.state).is_over and today > stay.end + after:
        return [
            f"Le retour date de plus de {after.days} jours : écrivez à votre réseau, qui le lira."
        ]
    return []


def _has_left(mission: Mission) -> bool:
    return properties_of(mission.closed_from or mission.state).has_left


def awaits_departure(mission: Mission, today: date) -> bool:
    """Return whether the expert may have left although no departure is recorded.

    True from the first planned day on, in preparation as well as cleared: without network, a
    departure is confirmed late, and a clearance may have been withdrawn after the person left.
    """
    return mission.state in BEFORE and may_have_left(mission, today)


def missing_on_day(mission: Mission, on: date, today: date) -> list[str]:
    """Return why an incident cannot be on a day (before the departure, in the future), else [].

    Args:
        today: the day in Paris, where the next one begins hours after it began further east.
    """
    stay = mission.stay
    if on > today + EAST:
        return ["Ce jour est à venir : donnez un jour passé, ou aujourd’hui."]
    if stay is not None and on < stay.start:
        return [f"Ce jour précède le départ, le {stay.start:%d/%m/%Y}."]
    return []


def missing_to_note(incident: Incident) -> list[str]:
    """Return a reason when no more measure can be recorded (incident closed), else []."""
    return [] if incident.state == State.OPEN else ["L’incident est clos : rouvrez-le d’abord."]


def missing_to_close(incident: Incident) -> list[str]:
    """Return a reason when an incident without measure cannot be closed, else []."""
    noted = incident.measures.exists()
    return [] if noted else ["Notez d’abord ce qui a été fait, même en une ligne."]
