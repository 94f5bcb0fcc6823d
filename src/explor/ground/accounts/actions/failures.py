"""Failed sign-ins, noted among the accesses."""

from explor.ground.audit.actions.accesses import note
from explor.ground.audit.models import Access
from explor.ground.http.actor import Actor

from ..models import Person


def note_failure(*, email: str) -> None:
    """Note a failed sign-in, with the person if the address is that of an account, never with it.

    One is noted in both cases: the time of the answer must not tell that the account exists.
    """
    person = Person.objects.filter(email__iexact=email).values_list("pk", flat=True).first()
    note(Access.Act.FAILURE, by=Actor(person=person))
