"""Verbs on a network: open and change it, give and withdraw its roles, record absences."""

from datetime import date
from typing import Any

from django.db import transaction

from explor.ground.accounts.actions import readdress_invitations
from explor.ground.accounts.models import Person
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed

from . import rules
from .models import Coordinator, Network, Officer


def add_officer(person: Any, key: str, position: str) -> None:
    """Make an invited person an officer of the network `key`."""
    Officer.objects.get_or_create(
        network=Network.objects.get(slug=key),
        person=person,
        defaults={"position": position or Officer.Position.OFFICER},
    )


def add_coordinator(person: Any, key: str, position: str) -> None:
    """Make an invited person a member of the coordination."""
    Coordinator.objects.get_or_create(person=person)


@transaction.atomic
def create_network(*, by: Actor, **fields: Any) -> Network:
    """Open a network: its officers are invited next.

    Raises:
        ActionNotAllowed: the identifier is taken, or another network serves a département.
    """
    _refuse_taken(fields, without=None)
    network = Network.objects.create(**fields)
    audit.log(network, "create_network", by=by, details={"slug": network.slug})
    return network


@transaction.atomic
def edit_network(network: Network, *, by: Actor, **changes: Any) -> Network:
    """Change what the administration decides of a network: its name, territory, contact.

    Invitations not accepted yet follow a new identifier.
    """
    network = Network.objects.select_for_update().get(pk=network.pk)
    _refuse_taken(changes, without=network.pk)
    old = network.slug
    changed = sorted(name for name, value in changes.items() if getattr(network, name) != value)
    for name in changed:
        setattr(network, name, changes[name])
    network.save()
    readdress_invitations(role_type="reseau", old=old, new=network.slug)
    audit.log(network, "edit_network", by=by, details={"fields": changed})
    return network


@transaction.atomic
def withdraw_officer(person: Person, key: str, *, by: Actor, reason: str) -> None:
    """Take from a person their role in a network, which keeps at least one direction."""
    officers = list(
        Officer.objects.select_for_update(of=("self",))
        .filter(network__slug=key)
        .select_related("network", "person")
    )
    officer = next((each for each in officers if each.person_id == person.pk), None)
    if officer is None:
        raise ActionNotAllowed("Cette personne ne travaille pas pour ce réseau.")
    if reasons := rules.blockers_of_withdrawal(officer, officers):
        raise ActionNotAllowed(*reasons)
    details = {"person": person.pk, "position": officer.position}
    audit.log(officer.network, "withdraw_role", by=by, reason=reason, details=details)
    officer.delete()


@transaction.atomic
def withdraw_coordinator(person: Person, key: str, *, by: Actor, reason: str) -> None:
    """Take from a person their role in the coordination."""
    if not Coordinator.objects.filter(person=person).delete()[0]:
        raise ActionNotAllowed("Cette personne ne fait pas partie de la coordination.")
    audit.log(person, "withdraw_role", by=by, reason=reason, details={"role": "coordination"})


def _refuse_taken(fields: dict[str, Any], *, without: int | None) -> None:
    """Refuse an identifier or a département that another network has."""
    others = list(Network.objects.select_for_update().exclude(pk=without or 0).order_by("pk"))
    if reasons := rules.blockers_of_fields(fields, others):
        raise ActionNotAllowed(*reasons)


@transaction.atomic
def set_network(network: Network, *, by: Actor, **changes: Any) -> None:
    """Change how a network presents itself and how long it waits for answers."""
    for name, value in changes.items():
        setattr(network, name, value)
    network.save()
    audit.log(network, "set_network", by=by, details={"fields": sorted(changes)})


@transaction.atomic
def go_away(
    officer: Officer, *, by: Actor, until: date | None, replaced_by: Officer | None
) -> None:
    """Record that an officer is away until a date, or back when `until` is None.

    Args:
        replaced_by: the officer who gets the tasks and messages meanwhile.
    """
    officer.away_until, officer.replaced_by = until, replaced_by
    officer.save()
    audit.log(officer, "go_away", by=by, details={"until": str(until) if until else ""})
