"""Actions on the members of organisations, and the daily limit of invitations and links."""

from typing import Any

from django.db import transaction

from explor.ground.accounts.actions import end_invitations, invite
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.ui import hooks

from .. import emails, rules, selectors
from ..models import Member, Organisation


@transaction.atomic
def invite_member(organisation: Organisation, *, by: Actor, **whom: str) -> None:
    """Invite a person, by `email`, `name` and `position`, to be a member of an organisation.

    Raises:
        ActionNotAllowed: see `require_few_letters`.
    """
    require_few_letters(organisation, by=by)
    invite(role_type=organisation.kind, role_key=organisation.slug, by=by, **whom)


def require_few_letters(organisation: Organisation, *, by: Actor) -> None:
    """Raise if `by` has sent too many invitations and links today for an organisation.

    The organisation row is locked, so call this in a transaction.

    Raises:
        ActionNotAllowed: see `rules.blockers_of_letter`.
    """
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if reasons := rules.blockers_of_letter(row, selectors.letters_of_today(by)):
        raise ActionNotAllowed(*reasons)


def add_member(person: Any, key: str, position: str) -> None:
    """Give an invited person the role of member in the organisation whose slug is `key`.

    `position` is a value of `Member.Position`, an ordinary member when blank. A person who is a
    member already keeps their position.

    Raises:
        Organisation.DoesNotExist: no organisation has this slug.
    """
    Member.objects.get_or_create(
        organisation=Organisation.objects.get(slug=key),
        person=person,
        defaults={"position": position or Member.Position.MEMBER},
    )


@transaction.atomic
def remove_member(member: Member, *, by: Actor) -> None:
    """Remove a person from the members of their organisation, with the rights that this gave.

    The pending invitations to the organisation that the person received or sent are deleted. Other
    capabilities end what the member held, through the hook `organisations.removed`.

    Raises:
        ActionNotAllowed: the organisation has no other member.
    """
    others = Member.objects.select_for_update().filter(organisation=member.organisation)
    if blockers := rules.blockers_of_remove_member(len(others)):
        raise ActionNotAllowed(*blockers)
    audit.log(member.organisation, "remove_member", by=by, details={"person": member.person_id})
    own = member.organisation
    end_invitations(member.person, role_type=own.kind, role_key=own.slug)
    _remove(member, by=by)


def _remove(member: Member, *, by: Actor) -> None:
    """Delete a membership, then call the hook `organisations.removed` to end its effects."""
    member.delete()
    for follow in hooks.get("organisations.removed"):
        follow(member, by=by)


def erase_memberships(person: Any, *, by: Actor) -> None:
    """Delete the memberships of a person whose data are erased, and notify the networks.

    The organisation may be left without members.
    """
    members = Member.objects.filter(person=person).select_related("organisation__network")
    for member in members.order_by("pk"):
        audit.log(member.organisation, "remove_member", by=by, details={"person": person.pk})
        emails.member_erased(member.organisation)
        _remove(member, by=by)
