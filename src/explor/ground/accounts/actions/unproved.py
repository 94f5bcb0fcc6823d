"""The password and the deletion of an account whose e-mail address is not verified."""

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
    """Delete the password of a person who has just verified their first address.

    A stranger may have chosen the password, by signing up with this address. `person` must be the
    instance used to sign in: the session hash is computed from its password.

    Returns:
        Whether a password was deleted.
    """
    others = EmailAddress.objects.filter(user=person.pk, verified=True).exclude(pk=address.pk)
    if not person.has_usable_password() or others.exists():
        return False
    person.set_unusable_password()
    person.save(update_fields=["password"])
    audit.log(person, "drop_password", by=SYSTEM)
    return True


def erase_unverified(person: Person, now: datetime) -> None:
    """Delete an account whose address was never verified: a stranger may have typed the address.

    Messages and invitations that others sent to this address stay; `now` is unused.

    Raises:
        ActionNotAllowed: the account has a role.
    """
    if roles_of(person):
        raise ActionNotAllowed("Cette personne tient un rôle.")
    person.delete()
