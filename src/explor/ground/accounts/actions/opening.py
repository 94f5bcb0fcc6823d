"""The creation of an account for a person whose address is already verified."""

from allauth.account.models import EmailAddress
from django.db import transaction

from explor.ground.workflow.constraints import integrity_errors_as

from ..models import Person


@transaction.atomic
def open_account(*, email: str, name: str) -> Person:
    """Create a person whose e-mail address is already verified, for example by an invitation.

    Raises:
        ActionNotAllowed: another transaction has just created an account with this address.
    """
    with integrity_errors_as(Person):
        person = Person.objects.create_user(email=email, name=name)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person
