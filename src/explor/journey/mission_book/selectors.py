"""Database queries on mission books: diary entries, devices, and data of a person."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from explor.ground.accounts.models import Person
from explor.ground.http.actor import Actor
from explor.ground.rights.selectors import records
from explor.ground.roles.registry import roles_of
from explor.journey.missions.models import Mission, MissionQuerySet
from explor.journey.missions.selectors import ended_before

from .models import Device, DeviceQuerySet, DiaryEntry
from .rules import UNDER_WAY, digest_of_key


def with_related(missions: MissionQuerySet) -> MissionQuerySet:
    """Return the same missions with the related rows that the mission book pages use."""
    return missions.select_related("need", "association", "network", "expert__person")


def under_way(actor: Actor, today: date) -> MissionQuerySet:
    """Return the missions of an expert that have begun, without recorded end."""
    begun = Mission.objects.visible_to(actor).filter(state__in=UNDER_WAY, start__lte=today)
    return begun.select_related("need").order_by("start", "pk")


def entries_of(mission: Mission) -> list[DiaryEntry]:
    """Return the entries of the diary of a mission, the latest day first."""
    return list(DiaryEntry.objects.filter(mission=mission).order_by("-day"))


def devices_of(mission: Mission) -> list[Device]:
    """Return the devices, not withdrawn, that keep the book of a mission, the latest first."""
    return list(Device.objects.filter(mission=mission, revoked_at=None).order_by("-pk"))


def device_of(key: str, mission: int) -> Device | None:
    """Return the device of this mission, even withdrawn, that has this key; None if unknown."""
    devices: DeviceQuerySet = Device.objects.select_related("person", "mission__expert__person")
    return devices.filter(key_digest=digest_of_key(key), mission=mission).first()


def author_of(device: Device) -> Actor | None:
    """Return the owner of a device as an actor; None once they are not the mission's expert."""
    person, mission = device.person, device.mission
    held = [role for role in roles_of(person) if role.kind == "expert"]
    if not any(role.scope == mission.expert_id for role in held):
        return None
    return Actor(
        person=person.pk,
        name=person.name,
        email=person.email,
        role="expert",
        scope=mission.expert_id,
    )


def old_books(before: datetime) -> MissionQuerySet:
    """Return the missions ended before an instant that still have a diary or a device."""
    here = {"mission": OuterRef("pk")}
    entries, devices = DiaryEntry.objects.filter(**here), Device.objects.filter(**here)
    return ended_before(before).filter(Exists(entries) | Exists(devices))


def own_entries(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the entries that a person wrote, for the copy of their data."""
    own = DiaryEntry.objects.filter(mission__expert__person=person)
    yield from records(own, also={"mission": "mission__need__title"})


def own_devices(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the devices on which a person keeps a book, for the copy of their data."""
    own = Device.objects.filter(person=person)
    yield from records(own, also={"mission": "mission__need__title"}, without=("key_digest",))
