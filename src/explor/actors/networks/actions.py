"""Working for a network, and setting it."""

from datetime import date
from typing import Any

from django.db import transaction

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor

from .models import Coordinator, Network, Officer


def add_officer(person: Any, key: str, position: str) -> None:
    """An invited person works for a network from now on."""
    Officer.objects.get_or_create(
        network=Network.objects.get(slug=key),
        person=person,
        defaults={"position": position or Officer.Position.OFFICER},
    )


def add_coordinator(person: Any, key: str, position: str) -> None:
    """An invited person joins the coordination."""
    Coordinator.objects.get_or_create(person=person)


@transaction.atomic
def set_network(network: Network, *, by: Actor, **changes: Any) -> None:
    """The direction changes how its network presents itself and how long it waits for answers."""
    for name, value in changes.items():
        setattr(network, name, value)
    network.save()
    audit.log(network, "set_network", by=by, details={"fields": sorted(changes)})


@transaction.atomic
def go_away(
    officer: Officer, *, by: Actor, until: date | None, replaced_by: Officer | None
) -> None:
    """An officer is away until a date; another receives what waits for them."""
    officer.away_until, officer.replaced_by = until, replaced_by
    officer.save()
    audit.log(officer, "go_away", by=by, details={"until": str(until) if until else ""})
