"""Records of failed sign-ins in the log of accesses."""

from explor.ground.audit.actions.accesses import note
from explor.ground.audit.models import Access
from explor.ground.http.actor import Actor

from ..models import Person


def record_failure(*, email: str) -> None:
    """Record a failed sign-in, with the person who has this address if there is one.

    The address itself is never recorded. A failure is recorded whether the account exists or not,
    so that the response time does not reveal it.
    """
    person = Person.objects.filter(email__iexact=email).values_list("pk", flat=True).first()
    note(Access.Type.FAILURE, by=Actor(person=person))
