"""Functions that delete pending invitations."""

from django.db.models import Q

from ..models import Invitation, Person


def withdraw_invitations(
    *, email: str, role_type: str, role_key: str, unsigned: bool = False
) -> None:
    """Delete the pending invitations of an e-mail address to a role.

    Args:
        unsigned: delete only the invitations that no account sent, see `open_invitation`.
    """
    rows = Invitation.objects.filter(
        email=email.lower(), role_type=role_type, role_key=role_key, accepted_at=None
    )
    (rows.filter(invited_by=None) if unsigned else rows).delete()


def end_invitations(person: Person, *, role_type: str, role_key: str) -> None:
    """Delete the pending invitations to a role that a person received or sent, when they lose it.

    Otherwise they could get the role back by an invitation sent to another of their addresses.
    """
    own = Q(email=person.email.lower()) | Q(invited_by=person.pk)
    rows = Invitation.objects.filter(role_type=role_type, role_key=role_key, accepted_at=None)
    rows.filter(own).delete()


def end_invitations_to(*, role_type: str, role_key: str) -> None:
    """Delete the pending invitations to a role whose object, such as a network, is deleted.

    Otherwise they would lead to another object that takes the same slug.
    """
    Invitation.objects.filter(role_type=role_type, role_key=role_key, accepted_at=None).delete()


def end_invitations_sent_by(person: Person) -> None:
    """Delete the pending invitations that a person sent, to any role."""
    Invitation.objects.filter(invited_by=person.pk, accepted_at=None).delete()
