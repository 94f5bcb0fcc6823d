"""Erasure of the travel data that a person gave for their missions."""

from typing import Any

from explor.ground.http.actor import Actor

from ..models import ChecklistItem


def erase_travel(person: Any, *, by: Actor) -> None:
    """Erase the travel data of an erased person: dates and notes on their checklist steps.

    `by` is unused: the journal does not record it.
    """
    own = ChecklistItem.objects.filter(mission__expert__person=person)
    own.update(note="", valid_until=None)
