"""Actions on the diary of a mission, and on the devices that keep the mission book offline."""

import secrets
import uuid as uuids
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.accounts.models import Person
from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.missions.models import Mission

from . import rules
from .models import Device, DiaryEntry

KEY_BYTES = 32


@transaction.atomic
def write_entry(
    mission: Mission,
    *,
    by: Actor,
    day: date,
    done: str = "",
    learned: str = "",
    watch: str = "",
    uuid: uuids.UUID | None = None,
    device: Device | None = None,
) -> DiaryEntry:
    """Write the entry of a day of a mission.

    Args:
        uuid: the identifier made by the device, for an entry written offline.
        device: the device whose key sends the entry.

    Raises:
        ActionNotAllowed: the answers are blank, the day is outside the mission, to come or already
            written, or the mission is not cleared yet, cancelled or closed.
    """
    mission = _locked(mission.pk)
    answers = {"done": done, "learned": learned, "watch": watch}
    reasons = rules.missing_to_change(mission) + rules.missing_to_write(answers)
    reasons += rules.blockers_of_day(mission, day, timezone.localdate())
    if reasons:
        raise ActionNotAllowed(*reasons)
    entry = DiaryEntry(mission=mission, day=day, uuid=uuid or uuids.uuid4(), **answers)
    with integrity_errors_as(DiaryEntry):
        entry.save(force_insert=True)
    audit.log(entry, "write_entry", by=by, details=_of(device, mission=mission.pk))
    return entry


@transaction.atomic
def correct_entry(
    entry: DiaryEntry,
    *,
    by: Actor,
    changes: dict[str, Any],
    expected_version: int | None = None,
    device: Device | None = None,
) -> DiaryEntry:
    """Correct the answers of a diary entry; the day of the entry does not change.

    Raises:
        ActionNotAllowed: the answers are blank, or the mission is back in preparation, cancelled or
            closed.
        EditConflict: the entry changed since `expected_version`.
    """
    if reasons := rules.missing_to_change(_locked(entry.mission_id)):
        raise ActionNotAllowed(*reasons)
    return audit.update(
        entry,
        "correct_entry",
        by=by,
        expected_version=expected_version,
        check=lambda row: rules.missing_to_write(row.answers),
        changes=changes,
        details=_of(device),
    )


@transaction.atomic
def receive_entry(
    device: Device,
    *,
    by: Actor,
    uuid: uuids.UUID,
    day: date,
    answers: dict[str, str],
    base: int | None,
) -> DiaryEntry:
    """Save an entry sent by a device: a new one, or the correction of the version `base`.

    Receiving the same answers again changes nothing but the day of the last use of the device.

    Args:
        uuid: the identifier of the entry, made by the device.
        base: the version that the device corrects; None when it does not know that its first
            sending was received.

    Raises:
        ActionNotAllowed: see `write_entry` and `correct_entry`, the day differs from that of the
            entry, or the device was withdrawn.
        EditConflict: the day already has another entry, or the entry was corrected elsewhere.
    """
    mission = _locked(device.mission_id)
    kept = Device.objects.filter(pk=device.pk, revoked_at=None)
    if not kept.update(last_used_at=timezone.now()):
        raise ActionNotAllowed(rules.WITHDRAWN)
    known = DiaryEntry.objects.filter(mission=mission)
    entry = known.filter(uuid=uuid).first()
    if entry is None:
        if other := known.filter(day=day).first():
            raise EditConflict(other.version)
        return write_entry(mission, by=by, day=day, uuid=uuid, device=device, **answers)
    if reasons := rules.moved_day(entry, day):
        raise ActionNotAllowed(*reasons)
    if entry.answers == answers:
        return entry
    # Without known version, the device may only replace the first one, which it sent itself.
    version = base if base is not None else 0
    return correct_entry(entry, by=by, changes=answers, expected_version=version, device=device)


@transaction.atomic
def keep_book(mission: Mission, *, by: Actor, label: str) -> tuple[Device, str]:
    """Register a device that keeps a mission book offline; return the device and its secret key.

    The key is never shown again. `label` names the device to the people who may withdraw it.

    Raises:
        ActionNotAllowed: too many devices keep this book.
    """
    mission = _locked(mission.pk)
    kept = Device.objects.filter(mission=mission, revoked_at=None)
    if reasons := rules.missing_to_keep(kept.count()):
        raise ActionNotAllowed(*reasons)
    key = secrets.token_urlsafe(KEY_BYTES)
    device = Device.objects.create(
        mission=mission,
        person=mission.expert.person,
        label=label,
        key_digest=rules.digest_of_key(key),
    )
    audit.log(device, "keep_book", by=by, details={"mission": mission.pk})
    return device, key


def withdraw_device(device: Device, *, by: Actor, expected_version: int | None = None) -> Device:
    """Withdraw a device: its key no longer gives access to the mission book.

    Raises:
        ActionNotAllowed: the device is already withdrawn.
        EditConflict: the device changed since `expected_version`.
    """
    if reasons := rules.missing_to_withdraw(device):
        raise ActionNotAllowed(*reasons)
    return audit.update(
        device,
        "withdraw_device",
        by=by,
        expected_version=expected_version,
        changes={"revoked_at": timezone.now()},
    )


@transaction.atomic
def erase_book(mission: Mission, now: datetime) -> None:
    """Erase the diary of a mission and its devices at the end of their retention term.

    The caller checks the term; `now` is unused.
    """
    _erase(mission, by=SYSTEM)


@transaction.atomic
def erase_books(person: Person, *, by: Actor) -> None:
    """Erase the diaries and the devices of the missions of an erased person."""
    for mission in Mission.objects.filter(expert__person=person).order_by("pk"):
        _erase(mission, by=by)


def _erase(mission: Mission, *, by: Actor) -> None:
    entries, _ = DiaryEntry.objects.filter(mission=mission).delete()
    devices, _ = Device.objects.filter(mission=mission).delete()
    if entries or devices:
        audit.log(mission, "erase_book", by=by, details={"entries": entries, "devices": devices})


def _locked(mission: int) -> Mission:
    """Lock a mission, so that it is neither closed nor postponed in the meantime."""
    return Mission.objects.select_for_update(of=("self",)).get(pk=mission)


def _of(device: Device | None, **details: Any) -> dict[str, Any]:
    """Return the details of a journal entry about the diary, with the sending device if any."""
    return details | ({"device": device.pk} if device else {})
