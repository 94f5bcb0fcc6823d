"""The end of invitations that nobody has accepted yet."""

from django.db.models import Q

from ..models import Invitation, Person


def withdraw_invitations(
    *, email: str, role_type: str, role_key: str, unsigned: bool = False
) -> None:
    """Delete the pending invitations of an e-mail address to a role.

    Args:
        unsigned: delete only those that no account sent, see `open_invitation`.
    """
    rows = Invitation.objects.filter(
        email=email.lower(), role_type=role_type, role_key=role_key, accepted_at=None
    )
    (rows.filter(invited_by=None) if unsigned else rows).delete()


def end_invitations(person: Person, *, role_type: str, role_key: str) -> None:
    """Delete the pending invitations to a role that a person received or sent, once they lose it.

    Whoever loses a role does not come back by an invitation sent to another of their addresses.
    """
    own = Q(email=person.email.lower()) | Q(invited_by=person.pk)
    rows = Invitation.objects.filter(role_type=role_type, role_key=role_key, accepted_at=None)
    rows.filter(own).delete()


def end_invitations_to(*, role_type: str, role_key: str) -> None:
    """Delete the pending invitations to what is deleted: another may take its slug."""
    Invitation.objects.filter(role_type=role_type, role_key=role_key, accepted_at=None).delete()


def end_invitations_sent_by(person: Person) -> None:
    """Delete the pending invitations that a person sent, to any role."""
    Invitation.objects.filter(invited_by=person.pk, accepted_at=None).delete()
