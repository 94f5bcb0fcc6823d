"""The storage space allowed to an organisation or a network."""

from django.db import models, transaction

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed

from ..models import Space, owner_of
from ..rules import blockers_of_allowance, blockers_of_space
from ..selectors import storage_space_of


def reserve(holder: models.Model, size: int) -> None:
    """Check that a file fits in the space of `holder`; lock that space until the transaction ends.

    Concurrent uploads wait for the lock, so two of them cannot take the same space.

    Args:
        holder: the organisation or network whose space the file takes.
        size: the size of the file, in bytes.

    Raises:
        ActionNotAllowed: the file does not fit in the remaining space.
    """
    _locked(holder)
    if reasons := blockers_of_space(size=size, left=storage_space_of(holder).left):
        raise ActionNotAllowed(*reasons)


@transaction.atomic
def allow_space(holder: models.Model, *, by: Actor, megabytes: int) -> Space:
    """Change the storage space of an organisation or a network; stored files are not affected.

    Raises:
        ActionNotAllowed: `megabytes` is out of bounds.
    """
    if reasons := blockers_of_allowance(megabytes):
        raise ActionNotAllowed(*reasons)
    space = _locked(holder)
    space.megabytes = megabytes
    space.save()
    audit.log(holder, "allow_space", by=by, details={"megabytes": megabytes})
    return space


def _locked(holder: models.Model) -> Space:
    key = owner_of(holder)
    Space.objects.get_or_create(charged_to=key)
    return Space.objects.select_for_update().get(charged_to=key)
