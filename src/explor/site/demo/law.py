"""Demonstration changes to the legal texts: one approved by two people, one pending."""

from datetime import date

from django.utils import timezone

from explor.actors.networks import actions as networks
from explor.actors.networks.models import Coordinator
from explor.ground.accounts import actions as accounts
from explor.ground.http.actor import Actor
from explor.journey.leave_readings import actions
from explor.journey.leave_readings.engine import cell_of
from explor.journey.leave_readings.models import LawAmendment

SECOND = ("coordination2@explor.example", "Coordination, seconde personne")
APPROVED = ("schemes", "AUT", "article")
WAITING = ("schemes", "CET", "advised_days")


def add_changes() -> None:
    """Create a second coordinator, a change that both approved, and a change still pending."""
    first = Coordinator.objects.order_by("pk").get()
    person = accounts.open_account(email=SECOND[0], name=SECOND[1])
    networks.add_coordinator(person, "", "")
    second = Coordinator.objects.get(person=person)
    change = _propose(
        second,
        APPROVED,
        "Délibération de la collectivité, votée avant le départ",
        "Exemple : délibérations relues par les réseaux",
    )
    actions.approve_change(change, by=_actor(first))
    _propose(second, WAITING, "45", "Exemple : délai observé par deux réseaux")


def _propose(by: Coordinator, place: tuple[str, str, str], value: str, source: str) -> LawAmendment:
    cell = cell_of(*place)
    if cell is None:
        raise LookupError(f"the tables of the law have no {place}")
    today: date = timezone.localdate()
    return actions.propose_change(
        cell, by=_actor(by), former=cell.value, value=value, source=source, read_on=today
    )


def _actor(row: Coordinator) -> Actor:
    person = row.person
    return Actor(person=person.pk, name=person.name, role="coordination", scope=row.pk)
