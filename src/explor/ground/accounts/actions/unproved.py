"""The password, and the end, of an account whose address its owner has not verified."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.roles.registry import roles_of

from ..models import Person


@transaction.atomic
def drop_unproved_password(person: Person, *, address: EmailAddress) -> bool:
    """Drop the password of a person who has just verified a first address; return whether it was.

    `person` is the one who signs in: their session is made from the password that is left.
    """
    others = EmailAddress.objects.filter(user=person.pk, verified=True).exclude(pk=address.pk)
    if not person.has_usable_password() or others.exists():
        return False
    person.set_unusable_password()
    person.save(update_fields=["password"])
    audit.log(person, "drop_password", by=SYSTEM)
    return True


def erase_unverified(person: Person, now: datetime) -> None:
    """Delete an account that was never verified: a stranger may have typed the address.

    What others sent to this address stays, as an invitation.

    Raises:
        ActionNotAllowed: a role was given to it.
    """
    if roles_of(person):
        raise ActionNotAllowed("Cette personne tient un rôle.")
    person.delete()
