"""Database query on the appeals that a person wrote, for the copy of their data."""

from collections.abc import Iterator
from typing import Any

from explor.ground.accounts.models import Person
from explor.ground.rights.selectors import authored, records

from ..models import Appeal


def own_appeals(person: Person) -> Iterator[dict[str, Any]]:
    """Yield the appeals that a person wrote, as dicts by French label."""
    own = authored(person, Appeal.objects.all(), verbs=("request_review",))
    yield from records(own, also={"besoin": "need__title"}, without=("by",))
