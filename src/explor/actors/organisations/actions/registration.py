"""Registration of organisations, by a person or from a file; later edits; erasure."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from explor.actors.networks.models import Network
from explor.ground.accounts.actions import end_invitations_to
from explor.ground.accounts.models import Person
from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.reference.selectors import department_of, departments_sharing
from explor.ground.workflow.bulk import insert_many
from explor.ground.workflow.slugs import free_slugs

from .. import emails, rules, selectors
from ..models import Member, Organisation
from ..states import State

PLACE = ("postcode", "city", "department")


@transaction.atomic
def register(*, by: Actor, person: Any, kind: str, network: Network, **fields: Any) -> Organisation:
    """Create an organisation with its first member; notify the network that must verify it.

    Raises:
        ActionNotAllowed: an organisation of this kind has the same SIRET or RNA, or the person has
            registered too many today, see `rules.blockers_of_register`.
    """
    # prevents concurrent registrations by one person
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if reasons := rules.blockers_of_register(selectors.registrations_of_today(by)):
        raise ActionNotAllowed(*reasons)
    (organisation,) = _new(kind, network, [fields])
    Member.objects.create(
        organisation=organisation, person=person, position=Member.Position.CONTACT
    )
    audit.log(organisation, "register", by=by)
    emails.registered(organisation)
    return organisation


@transaction.atomic
def create_from_file(*, by: Actor, kind: str, network: Network, **fields: Any) -> Organisation:
    """Create an organisation without members from a line of an imported file; send no message.

    Raises:
        ActionNotAllowed: an organisation of this kind has the same SIRET or RNA.
    """
    return create_many_from_file(by=by, kind=kind, network=network, rows=[fields])[0]


@transaction.atomic
def create_many_from_file(
    *, by: Actor, kind: str, network: Network, rows: Sequence[dict[str, Any]]
) -> list[Organisation]:
    """Create organisations as `create_from_file` does, all or none.

    Args:
        rows: the field values of each organisation, by field name; `name` is required.
    """
    organisations = _new(kind, network, rows)
    audit.log_created(organisations, "create_from_file", by=by)
    return organisations


def describe(
    organisation: Organisation,
    *,
    by: Actor,
    changes: dict[str, Any],
    expected_version: int | None = None,
) -> Organisation:
    """Edit the description of an organisation; its département follows the postcode and the town.

    If the name or an identifier of a verified organisation changes, its yearly check becomes
    overdue, and its members and its network are notified.

    Raises:
        ActionNotAllowed: another organisation of this kind has the same SIRET or RNA.
        EditConflict: the organisation changed since `expected_version`.
    """
    if {"postcode", "city"} & changes.keys():
        place = {name: getattr(organisation, name) for name in PLACE}
        changes = changes | {"department": _department_of(place | changes)}
    try:
        with transaction.atomic():
            before = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
            audit.update(
                organisation, "describe", by=by, expected_version=expected_version, changes=changes
            )
            if before.state == State.VERIFIED and rules.identity_changed(before, organisation):
                audit.transition(organisation, "fall_due", by=SYSTEM)
                emails.renamed(organisation, before.name)
            return organisation
    except IntegrityError as error:
        raise _known(error) from error


@transaction.atomic
def erase_unused(organisation: Organisation, *, by: Actor) -> bool:
    """Erase an organisation created from a file, unless it changed or other rows reference it.

    Pending invitations to it are revoked.

    Returns:
        Whether the organisation was erased.
    """
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if row.version or selectors.links_of(row):
        return False
    audit.log(row, "erase_unused", by=by, details={"name": row.name})
    end_invitations_to(role_type=row.kind, role_key=row.slug)
    row.delete()
    return True


def erase(organisation: Organisation) -> None:
    """Delete an organisation that was merged into another; the caller adds the journal entry."""
    organisation.delete()


def _new(kind: str, network: Network, rows: Sequence[dict[str, Any]]) -> list[Organisation]:
    names = [fields["name"] for fields in rows]
    slugs = free_slugs(names, Organisation, length=100, default="organisation")
    organisations = [
        Organisation(
            kind=kind,
            network=network,
            slug=slug,
            **fields | {"department": _department_of(fields)},
        )
        for slug, fields in zip(slugs, rows, strict=True)
    ]
    try:
        with transaction.atomic():
            return insert_many(organisations)
    except IntegrityError as error:
        raise _known(error) from error


def _department_of(fields: dict[str, Any]) -> str:
    """Return the département of a postcode and commune, or the one chosen if several match."""
    postcode = fields.get("postcode", "")
    chosen = fields.get("department", "")
    if known := department_of(postcode, fields.get("city", "")):
        return known
    return chosen if chosen in departments_sharing(postcode) else ""


def _known(error: IntegrityError) -> ActionNotAllowed:
    """Return the refusal to show for a violated uniqueness constraint; re-raise any other error."""
    for constraint in Organisation._meta.constraints:
        if constraint.name in str(error):
            return ActionNotAllowed(str(constraint.violation_error_message))
    raise error
