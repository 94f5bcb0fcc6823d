"""Database query on the followed searches of a person, for the copy of their data."""

from collections.abc import Iterator
from typing import Any

from explor.ground.accounts.models import Person
from explor.ground.rights.selectors import records

from ..models import Alert


def own_alerts(person: Person) -> Iterator[dict[str, Any]]:
    yield from records(Alert.objects.filter(email__iexact=person.email))
