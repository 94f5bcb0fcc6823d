"""The erasure of an account, at the end of its retention period or at the person's request."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import models, transaction

from explor.ground.mail.models import BadAddress

from .. import rules
from ..models import Administrator, FactorReset, Invitation, Person, Session, SignInTry


@transaction.atomic
def erase_account(person: Person, *, keep_name: bool) -> None:
    """Delete the account of a person who holds no role, with everything used to sign in.

    If other rows still reference the account, it is kept without address, telephone or password.

    Args:
        keep_name: whether the account that is kept also keeps the person's name.
    """
    erase_sign_in(person)
    try:
        with transaction.atomic():
            person.delete()
    except models.ProtectedError:
        blank_account(person, name=person.name if keep_name else rules.ERASED)


def erase_sign_in(person: Person) -> None:
    """Delete everything by which a person signs in, and their administrator role.

    That is: sessions, verified addresses, second factors and the requests to remove them, external
    identities, invitations received, and what `forget_address` deletes.
    """
    email = person.email
    Session.objects.filter(person=person.pk).delete()
    for rows in (EmailAddress, Authenticator, SocialAccount):
        rows.objects.filter(user=person.pk).delete()
    for own in (FactorReset, Administrator):
        own.objects.filter(person=person.pk).delete()
    Invitation.objects.filter(email__iexact=email).delete()
    forget_address(email)


def forget_address(email: str) -> None:
    """Delete the counts of password attempts and the bounces of an address no longer in use."""
    for known in (SignInTry, BadAddress):
        known.objects.filter(email__iexact=email).delete()


def blank_account(person: Person, *, name: str) -> None:
    """Replace all data of an account by blanks and by `name`; nobody can sign in to it any more."""
    person.name, person.email, person.phone = name, address_of_erased(person), ""
    person.is_active, person.last_login = False, None
    person.set_unusable_password()
    person.save()


def erase_name(person: Person) -> None:
    """Erase the name of a person whose account is already erased, once no document needs it.

    Do nothing if the account is not erased.
    """
    if person.email == address_of_erased(person):
        Person.objects.filter(pk=person.pk).update(name=rules.ERASED)


def address_of_erased(person: Person) -> str:
    """Return the invalid e-mail address that replaces the address of an erased account."""
    return f"{person.pk}@efface.invalid"
