"""Repetition of the erasures of the register after a backup is restored."""

from explor.ground.accounts.models import Person
from explor.ground.http.actor import SYSTEM
from explor.ground.workflow.apart import each_apart

from .. import rules
from ..models import Erased
from .erasing import erase_account
from .register import keys


def replay() -> int:
    """Erase again the people in the register of erasures whom a restored backup brought back.

    Returns:
        The number of people erased.

    Raises:
        ExceptionGroup: some people could not be erased; all others were.
    """
    known = set(keys())
    if not known:
        return 0
    gone = Erased.objects.values("person")
    people = Person.objects.exclude(pk__in=gone).order_by("pk")
    back = [person for person in people if known.intersection(rules.keys_of(person))]
    return each_apart(back, _erase_again, name="replay")


def _erase_again(person: Person) -> int:
    erase_account(person, by=SYSTEM, again=True)
    return 1
