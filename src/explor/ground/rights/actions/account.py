"""The erasure of an account, of everything used to sign in, and of the messages to the person."""

from django.db.models import Q
from django.utils import timezone

from explor.ground.accounts.actions.erasing import blank_account, erase_sign_in
from explor.ground.accounts.models import Administrator, Person, PersonalLink
from explor.ground.accounts.rules import LAST
from explor.ground.accounts.selectors import active_administrators
from explor.ground.http.actor import Actor
from explor.ground.mail.actions import send
from explor.ground.mail.models import BadAddress, Delivery, Message

from .. import rules
from ..models import Copy
from .copies import erase_copy


def erase_own_account(person: Person, *, by: Actor) -> None:
    """Delete the sign-in data, messages and copies of a person, and blank their account.

    Their personal links are revoked and lose the name and the address. `by` is unused.
    """
    email = person.email
    erase_sign_in(person)
    Message.objects.filter(Q(to__iexact=email) | Q(person=person.pk)).delete()
    links = PersonalLink.objects.filter(email__iexact=email)
    links.filter(revoked_at=None).update(revoked_at=timezone.now())
    links.update(name=rules.NAME, email="")
    for copy in Copy.objects.filter(person=person):
        erase_copy(copy)
    blank_account(person, name=rules.NAME)


def forget_farewell(pk: int) -> None:
    """Send the final message to an erased person if it still waits, then erase the message."""
    send(pk)
    message = Message.objects.filter(pk=pk).exclude(delivery=Delivery.WAITING).first()
    if message:
        BadAddress.objects.filter(email=message.to).delete()
        message.delete()


def blockers_of_account(person: Person) -> list[str]:
    """Return in French why an account cannot be erased: it is the last administrator; else []."""
    if not Administrator.objects.filter(person=person).exists():
        return []
    others = active_administrators().exclude(person=person)
    return [] if others.exists() else [LAST]
