"""Database query on the voluntary answers of a person, for the copy of their data."""

from collections.abc import Iterator
from typing import Any

from explor.ground.accounts.models import Person
from explor.ground.rights.selectors import records

from ..models import EquityAnswer


def own_answers(person: Person) -> Iterator[dict[str, Any]]:
    own = EquityAnswer.objects.filter(expert__person=person)
    yield from records(own, also={"réseau": "switch__network__name"})
