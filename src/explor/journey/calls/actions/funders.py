"""Actions on funders and their members."""

from typing import Any

from django.db import transaction

from explor.ground.accounts.actions import readdress_invitations
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed

from ..models import Funder, FunderMember


def join_funder(person: Any, key: str, position: str) -> None:
    """Make a person who accepted an invitation a member of the funder with slug `key`.

    `position` is not used: members of a funder have none.

    Raises:
        Funder.DoesNotExist: no funder has this slug.
    """
    FunderMember.objects.get_or_create(funder=Funder.objects.get(slug=key), person=person)


@transaction.atomic
def create_funder(*, by: Actor, **fields: Any) -> Funder:
    """Create a funder with these fields.

    Raises:
        ActionNotAllowed: another funder has the same slug.
    """
    _refuse_taken(fields, without=None)
    funder = Funder.objects.create(**fields)
    audit.log(funder, "create_funder", by=by, details={"slug": funder.slug})
    return funder


@transaction.atomic
def edit_funder(funder: Funder, *, by: Actor, **changes: Any) -> Funder:
    """Change fields of a funder; pending invitations to join it are updated with its new slug.

    Raises:
        ActionNotAllowed: another funder has this slug.
    """
    funder = Funder.objects.select_for_update().get(pk=funder.pk)
    _refuse_taken(changes, without=funder.pk)
    old = funder.slug
    changed = sorted(name for name, value in changes.items() if getattr(funder, name) != value)
    for name in changed:
        setattr(funder, name, changes[name])
    funder.save()
    readdress_invitations(role_type="financeur", old=old, new=funder.slug)
    audit.log(funder, "edit_funder", by=by, details={"fields": changed})
    return funder


def _refuse_taken(fields: dict[str, Any], *, without: int | None) -> None:
    """Raise `ActionNotAllowed` if a funder other than `without` (primary key) has this slug."""
    slug = fields.get("slug")
    if Funder.objects.filter(slug=slug).exclude(pk=without or 0).exists():
        raise ActionNotAllowed(f"L’identifiant « {slug} » est déjà pris.")


@transaction.atomic
def leave_funder(person: Any, key: str, *, by: Actor, reason: str) -> None:
    """Remove a person from the members of the funder with slug `key`, whose figures they could see.

    Raises:
        ActionNotAllowed: the person is not a member.
        Funder.DoesNotExist: no funder has this slug.
    """
    funder = Funder.objects.get(slug=key)
    if not FunderMember.objects.filter(funder=funder, person=person).delete()[0]:
        raise ActionNotAllowed("Cette personne ne lit pas pour ce financeur.")
    details = {"person": person.pk}
    audit.log(funder, "withdraw_role", by=by, reason=reason, details=details)


def erase_readers(person: Any, *, by: Actor) -> None:
    """Delete the funder roles of an erased person; `by` is unused, as nothing is logged."""
    FunderMember.objects.filter(person=person).delete()
