"""Actions on networks, on the roles of officers and coordinators, and on absences."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from explor.ground.accounts.actions import readdress_invitations
from explor.ground.accounts.models import Person
from explor.ground.audit import actions as audit
from explor.ground.audit.actions import accesses
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.rights.rules import NAME

from . import rules
from .models import Coordinator, Network, Officer


def add_officer(person: Any, key: str, position: str) -> None:
    """Give an invited person the role of officer in the network whose slug is `key`.

    `position` is a value of `Officer.Position`, an ordinary officer when blank. A person who is an
    officer of the network already keeps their position.

    Raises:
        Network.DoesNotExist: no network has this slug.
    """
    Officer.objects.get_or_create(
        network=Network.objects.get(slug=key),
        person=person,
        defaults={"position": position or Officer.Position.OFFICER},
    )


def add_coordinator(person: Any, key: str, position: str) -> None:
    """Give an invited person the role of coordinator; `key` and `position` are unused."""
    Coordinator.objects.get_or_create(person=person)


@transaction.atomic
def create_network(*, by: Actor, **fields: Any) -> Network:
    """Create a network, to which officers can then be invited.

    Raises:
        ActionNotAllowed: another network has this slug or serves one of these départements.
    """
    _refuse_taken(fields, others=_locked().values())
    network = Network.objects.create(**fields)
    audit.log(network, "create_network", by=by, details={"slug": network.slug})
    return network


@transaction.atomic
def edit_network(network: Network, *, by: Actor, **changes: Any) -> Network:
    """Edit the fields of a network that administrators control: name, territory, contact.

    When the slug changes, pending invitations are updated with the new one.

    Raises:
        ActionNotAllowed: another network has this slug or serves one of these départements.
    """
    others = _locked()
    network = others.pop(network.pk)
    _refuse_taken(changes, others=others.values())
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
    """Delete the `Officer` of a person in the network whose slug is `key`.

    Raises:
        ActionNotAllowed: the person is not an officer of this network, or is its last director.
    """
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
    """Delete the `Coordinator` of a person; `key` is unused.

    Raises:
        ActionNotAllowed: the person is not a coordinator.
    """
    if not Coordinator.objects.filter(person=person).delete()[0]:
        raise ActionNotAllowed("Cette personne ne fait pas partie de la coordination.")
    audit.log(person, "withdraw_role", by=by, reason=reason, details={"role": "coordination"})


def _locked() -> dict[int, Network]:
    """Lock all networks, in one order to avoid deadlocks; return them by primary key."""
    return {each.pk: each for each in Network.objects.select_for_update().order_by("pk")}


def _refuse_taken(fields: dict[str, Any], *, others: Iterable[Network]) -> None:
    """Raise `ActionNotAllowed` if one of `others` has the same slug or a same département."""
    if reasons := rules.blockers_of_fields(fields, others):
        raise ActionNotAllowed(*reasons)


@transaction.atomic
def set_network(network: Network, *, by: Actor, **changes: Any) -> None:
    """Save the presentation and settings of a network, which its directors control."""
    row = Network.objects.select_for_update().get(pk=network.pk)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    audit.log(network, "set_network", by=by, details={"fields": sorted(changes)})


@transaction.atomic
def set_readings(network: Network, *, by: Actor, on: bool) -> None:
    """Start or stop recording who reads the sensitive data of a network."""
    accesses.watch(network, on=on, by=by)


@transaction.atomic
def go_away(
    officer: Officer, *, by: Actor, until: date | None, replaced_by: Officer | None
) -> None:
    """Record that an officer is absent until a day, included; None records that they are back.

    Args:
        replaced_by: the officer who receives the tasks and messages during the absence.
    """
    officer.away_until, officer.replaced_by = until, replaced_by
    officer.save()
    audit.log(officer, "go_away", by=by, details={"until": str(until) if until else ""})


def erase_roles(person: Person, *, by: Actor) -> None:
    """Delete the roles of a person in networks and in the coordination, to erase their data."""
    for officer in Officer.objects.filter(person=person).select_related("network"):
        details = {"person": person.pk, "position": officer.position}
        audit.log(officer.network, "withdraw_role", by=by, reason=NAME, details=details)
        officer.delete()
    if Coordinator.objects.filter(person=person).delete()[0]:
        details = {"role": "coordination"}
        audit.log(person, "withdraw_role", by=by, reason=NAME, details=details)


def blockers_of_erasure(person: Person) -> list[str]:
    """Return French reasons why a person cannot be erased: the last director of a network.

    The list is empty when the person can be erased.
    """
    reasons = []
    for officer in Officer.objects.filter(person=person).select_related("network", "person"):
        officers = Officer.objects.filter(network=officer.network).select_related("person")
        reasons += rules.blockers_of_withdrawal(officer, officers)
    return reasons
