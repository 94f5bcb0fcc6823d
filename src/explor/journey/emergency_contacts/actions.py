"""Actions on emergency contacts: save, withdraw, erase at the term or with the expert's data."""

from datetime import datetime
from typing import Any

from django.db import transaction

from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.missions.models import Mission

from . import rules
from .models import EmergencyContact


@transaction.atomic
def give_contact(
    contact: EmergencyContact,
    *,
    by: Actor,
    changes: dict[str, Any],
    expected_version: int | None = None,
) -> EmergencyContact:
    """Save the emergency contact of a mission, new or corrected by its expert.

    The journal records the action without the content of the contact.

    Raises:
        ActionNotAllowed: the mission is over, cancelled or done remotely.
        EditConflict: the contact was changed or withdrawn since the page was opened.
    """
    mission = Mission.objects.select_for_update(of=("self",)).get(pk=contact.mission_id)
    if missing := rules.missing_to_give(mission):
        raise ActionNotAllowed(*missing)
    row = EmergencyContact.objects.filter(mission=mission).first()
    if row is None and contact.pk is not None:
        raise EditConflict(0, "Le contact a été retiré entre-temps.")
    if row is None:
        with integrity_errors_as(EmergencyContact):
            row = EmergencyContact.objects.create(mission=mission, version=1, **changes)
        audit.log(row, "give_contact", by=by)
        return row
    return audit.update(
        row, "give_contact", by=by, expected_version=expected_version, changes=changes
    )


@transaction.atomic
def withdraw_contact(
    contact: EmergencyContact, *, by: Actor, expected_version: int | None = None
) -> None:
    """Delete the emergency contact of a mission at the request of its expert.

    Raises:
        EditConflict: the contact changed since the page was opened.
    """
    audit.update(contact, "withdraw_contact", by=by, expected_version=expected_version)
    contact.delete()


@transaction.atomic
def erase_contact(contact: EmergencyContact, now: datetime) -> None:
    """Delete an emergency contact at the end of its retention term after the return.

    The caller checks the term; `now` is unused.
    """
    audit.log(contact, "erase_contact", by=SYSTEM)
    contact.delete()


def erase_contacts(person: Any, *, by: Actor) -> None:
    """Delete the emergency contacts of an erased person, without journal entry; `by` is unused."""
    EmergencyContact.objects.filter(mission__expert__person=person).delete()
