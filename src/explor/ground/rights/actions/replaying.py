"""Erase again, after a restore, the people whom the register of erasures knows."""

from explor.ground.accounts.models import Person
from explor.ground.http.actor import SYSTEM

from .. import rules
from ..models import Erased
from .erasing import erase_account
from .register import keys


def replay() -> int:
    """Erase again the people of the register whom a restored backup brought back.

    Returns:
        The number of people erased.
    """
    known = set(keys())
    if not known:
        return 0
    gone = Erased.objects.values("person")
    count = 0
    for person in Person.objects.exclude(pk__in=gone).order_by("pk"):
        if rules.key_of(person) in known:
            erase_account(person, by=SYSTEM, again=True)
            count += 1
    return count
