"""Database queries on emergency contacts."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.rights.selectors import records
from explor.journey.missions.models import Mission, MissionQuerySet
from explor.journey.missions.selectors import ended_before

from .models import READABLE, EmergencyContact, EmergencyContactQuerySet


def contact_of(mission: Mission) -> EmergencyContact:
    """Return the emergency contact of a mission, or an unsaved new one."""
    contact = EmergencyContact.objects.filter(mission=mission.pk).first()
    contact = contact or EmergencyContact()
    contact.mission = mission
    return contact


def has_contact(mission: Mission) -> bool:
    """Return whether the expert of a mission gave an emergency contact."""
    return hasattr(mission, "emergency_contact")


def without_contact(actor: Actor) -> MissionQuerySet:
    """Return the missions of an expert, in preparation or under way, without emergency contact."""
    missions = Mission.objects.visible_to(actor).filter(state__in=READABLE)
    return missions.filter(emergency_contact=None)


def after_return(before: datetime) -> EmergencyContactQuerySet:
    """Return the emergency contacts of missions that ended or were cancelled before an instant."""
    return EmergencyContact.objects.filter(mission__in=ended_before(before).values("pk"))


def own_contacts(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the emergency contacts that a person gave, for the copy of their data."""
    own = EmergencyContact.objects.filter(mission__expert__person=person)
    yield from records(own, also={"besoin": "mission__need__title"})
