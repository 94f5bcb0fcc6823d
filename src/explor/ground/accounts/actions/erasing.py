"""The erasure of an account: at the end of the data of its person, and at their request."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import models, transaction

from explor.ground.mail.models import BadAddress

from .. import rules
from ..models import Administrator, FactorReset, Invitation, Person, Session, SignInTry


@transaction.atomic
def erase_account(person: Person, *, keep_name: bool) -> None:
    """Delete the account of a person who holds no role, with all that signs them in.

    An account that rows must still name loses its address, its telephone and its password.

    Args:
        keep_name: whether papers that are kept name the person.
    """
    erase_sign_in(person)
    try:
        with transaction.atomic():
            person.delete()
    except models.ProtectedError:
        blank_account(person, name=person.name if keep_name else rules.ERASED)


def erase_sign_in(person: Person) -> None:
    """Delete what signs a person in, and what is known of their address."""
    email = person.email
    Session.objects.filter(person=person.pk).delete()
    for rows in (EmailAddress, Authenticator, SocialAccount):
        rows.objects.filter(user=person.pk).delete()
    for own in (FactorReset, Administrator):
        own.objects.filter(person=person.pk).delete()
    Invitation.objects.filter(email__iexact=email).delete()
    forget_address(email)


def forget_address(email: str) -> None:
    """Delete what is known of an address that nobody signs in by any more."""
    for known in (SignInTry, BadAddress):
        known.objects.filter(email__iexact=email).delete()


def blank_account(person: Person, *, name: str) -> None:
    """Leave an account that nobody can use, with a name, for the rows that must name somebody."""
    person.name, person.email, person.phone = name, address_of_erased(person), ""
    person.is_active, person.last_login = False, None
    person.set_unusable_password()
    person.save()


def erase_name(person: Person) -> None:
    """Erase the name of a person whose account was erased before, once no paper bears it."""
    if person.email == address_of_erased(person):
        Person.objects.filter(pk=person.pk).update(name=rules.ERASED)


def address_of_erased(person: Person) -> str:
    """Return the address that replaces the one of an erased account: it leads nowhere."""
    return f"{person.pk}@efface.invalid"
