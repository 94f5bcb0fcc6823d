"""The erasure of an account, when the data of its person end."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import models, transaction

from explor.ground.mail.models import BadAddress

from .. import rules
from ..models import FactorReset, Invitation, Person, Session


@transaction.atomic
def erase_account(person: Person, *, keep_name: bool) -> None:
    """Delete the account of a person who holds no role, with all that signs them in.

    An account that rows must still name loses its address, its telephone and its password.

    Args:
        keep_name: whether papers that are kept name the person.
    """
    Session.objects.filter(person=person.pk).delete()
    Invitation.objects.filter(email=person.email).delete()
    BadAddress.objects.filter(email=person.email).delete()
    for rows in (EmailAddress, Authenticator, SocialAccount):
        rows.objects.filter(user=person.pk).delete()
    FactorReset.objects.filter(person=person.pk).delete()
    try:
        with transaction.atomic():
            person.delete()
    except models.ProtectedError:
        person.email = address_of_erased(person)
        person.phone, person.is_active, person.last_login = "", False, None
        person.name = person.name if keep_name else rules.ERASED
        person.set_unusable_password()
        person.save()


def erase_name(person: Person) -> None:
    """Erase the name of a person whose account was erased before, once no paper bears it."""
    if person.email == address_of_erased(person):
        Person.objects.filter(pk=person.pk).update(name=rules.ERASED)


def address_of_erased(person: Person) -> str:
    """Return the address that replaces the one of an erased account: it leads nowhere."""
    return f"{person.pk}@efface.invalid"
