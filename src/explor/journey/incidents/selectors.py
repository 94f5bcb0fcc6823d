"""Queries on incidents and who may read them, on people abroad, and on the data of a person."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from explor.actors.experts.selectors import tied_organisations
from explor.actors.networks.models import Network, Officer
from explor.ground.accounts.models import Person
from explor.ground.audit.models import Entry
from explor.ground.http.actor import Actor
from explor.ground.rights.selectors import records
from explor.journey.emergency_contacts.models import EmergencyContact
from explor.journey.mission_book.models import DiaryEntry
from explor.journey.missions.models import Mission, MissionQuerySet
from explor.journey.missions.selectors import ended_before
from explor.journey.missions.states import State as MissionState

from .models import ConfidentialReader, Incident, IncidentQuerySet, Measure, readers_of
from .states import PRESSING, State


def with_related(incidents: IncidentQuerySet) -> IncidentQuerySet:
    """Return the same incidents with the related rows that pages and emails use."""
    return incidents.select_related(
        "mission__need__partner",
        "mission__network",
        "mission__association",
        "mission__employer",
        "mission__expert__person",
        "mission__release",
        "reporter",
    )


def search(actor: Actor, *, state: str = "") -> IncidentQuerySet:
    """Return the incidents that `actor` may read, the latest first.

    `state` keeps those in one state; "" or an unknown state keeps all. The annotation `noted`
    counts the measures.
    """
    incidents = with_related(Incident.objects.visible_to(actor))
    if state in State.values:
        incidents = incidents.filter(state=state)
    return incidents.annotate(noted=Count("measures")).order_by("-created_at", "-pk")


def of_mission(actor: Actor, mission: Mission) -> list[Incident]:
    """Return the incidents of a mission that `actor` may read, the latest first."""
    return list(Incident.objects.visible_to(actor).filter(mission=mission.pk))


def measures_of(incident: Incident) -> list[Measure]:
    """Return the measures on an incident with their authors, the oldest first."""
    return list(incident.measures.select_related("author"))


def to_follow(actor: Actor) -> IncidentQuerySet:
    """Return the open incidents that `actor` may read, the oldest first."""
    opened = Incident.objects.visible_to(actor).filter(state=State.OPEN)
    return opened.select_related("mission__need").order_by("created_at", "pk")


def abroad(actor: Actor, today: date) -> MissionQuerySet:
    """Return the missions whose expert is abroad today, or should have left by today."""
    away = Q(state=MissionState.AWAY)
    leaving = Q(state=MissionState.CLEARED, start__lte=today)
    missions = Mission.objects.visible_to(actor).filter(away | leaving)
    missions = missions.select_related("need", "association", "expert__person")
    return missions.order_by("end", "pk")


def signs_of_life(missions: list[Mission]) -> dict[int, datetime]:
    """Return when each expert last gave a sign of life, by mission primary key.

    A sign of life is an action on the mission, an incident that the expert reported (unless
    confidential) or a diary entry. Missions without sign are left out.
    """
    keys = [mission.pk for mission in missions]
    acts = Entry.objects.filter(kind=Mission._meta.label_lower, subject__in=keys, role="expert")
    signs = dict(
        acts.order_by().values("subject").annotate(last=Max("at")).values_list("subject", "last")
    )
    reported = Incident.objects.filter(mission__in=keys, party="expert", confidential=False)
    for written in (reported, DiaryEntry.objects.filter(mission__in=keys)):
        lasts = written.order_by().values("mission").annotate(last=Max("created_at"))
        for mission, last in lasts.values_list("mission", "last"):
            signs[mission] = max(last, signs.get(mission, last))
    return signs


def with_contact(missions: list[Mission]) -> set[int]:
    """Return the missions, by primary key, whose expert gave an emergency contact."""
    given = EmergencyContact.objects.filter(mission__in=[mission.pk for mission in missions])
    return set(given.values_list("mission", flat=True))


def open_by_mission(actor: Actor, missions: list[Mission]) -> dict[int, int]:
    """Return the number of open incidents that `actor` may read, by mission primary key."""
    opened = Incident.objects.visible_to(actor).filter(state=State.OPEN)
    opened = opened.filter(mission__in=[mission.pk for mission in missions])
    rows = opened.order_by().values("mission").annotate(count=Count("pk"))
    return dict(rows.values_list("mission", "count"))


def readers_for(mission: Mission) -> list[Officer]:
    """Return the readers of a mission's confidential reports; none takes part in the mission.

    The readers are the designated officers, or else the directors.
    """
    for officers in readers_of(mission.network_id):
        each_of = officers.select_related("person").order_by("pk")
        if able := [each for each in each_of if not _takes_part(each.person_id, mission)]:
            return able
    return []


def _takes_part(person: int, mission: Mission) -> bool:
    tied = tied_organisations(person).filter(pk=mission.association_id)
    return mission.expert.person_id == person or tied.exists()


def addresses_of_readers(mission: Mission) -> list[str]:
    """Return the e-mail addresses of the readers of a mission's confidential reports."""
    return [each.person.email for each in readers_for(mission)]


def designated_in(network: Network) -> "QuerySet[Officer]":
    """Return the officers of a network designated to read its confidential reports."""
    chosen = ConfidentialReader.objects.filter(officer__network=network.pk)
    return Officer.objects.filter(pk__in=chosen.values("officer"))


def without_accident(before: datetime) -> IncidentQuerySet:
    """Return the incidents with nobody hurt or ill, of missions that ended before an instant."""
    return Incident.objects.filter(accident=False, mission__in=ended_before(before).values("pk"))


def with_accident(before: datetime) -> IncidentQuerySet:
    """Return the incidents with somebody hurt or ill, of missions that ended before an instant."""
    return Incident.objects.filter(accident=True, mission__in=ended_before(before).values("pk"))


def own_incidents(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the incidents that a person reported, for the copy of their data."""
    own = Incident.objects.filter(reporter=person)
    yield from records(own, also={"besoin": "mission__need__title"})


def own_measures(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the measures that a person recorded on incidents, for the copy of their data."""
    yield from records(Measure.objects.filter(author=person))


def lasting_of(person: Person) -> IncidentQuerySet:
    """Return the incidents of a person that an erasure keeps: serious, accident or confidential."""
    own = Incident.objects.filter(reporter=person)
    return own.filter(Q(accident=True) | Q(confidential=True) | Q(level__in=PRESSING))
