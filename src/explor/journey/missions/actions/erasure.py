"""The erasure of what a person gave for their journeys."""

from typing import Any

from explor.ground.http.actor import Actor

from ..models import ChecklistItem


def erase_travel(person: Any, *, by: Actor) -> None:
    """Erase the travel data of a person who is erased; the steps stay, without notes or dates."""
    own = ChecklistItem.objects.filter(mission__expert__person=person)
    own.update(note="", valid_until=None)
