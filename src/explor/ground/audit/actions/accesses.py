"""Accesses to the installation: sign-ins, refusals and readings are noted, then erased."""

from typing import Any

import pgtrigger
from django.db import connection, models
from django.utils import timezone

from explor.ground.http.actor import Actor

from ..models import Access, Watch
from ..rules import digest_of_access
from . import log

COLUMNS = [
    field.name for field in Access._meta.concrete_fields if field.name not in ("id", "transaction")
]
# One query: the readings of a network that has switched them off insert nothing.
NOTE = f"""
    INSERT INTO audit_access ({", ".join(COLUMNS)})
    SELECT {", ".join(["%s"] * len(COLUMNS))}
    WHERE NOT EXISTS (
        SELECT FROM audit_watch WHERE network = %s AND NOT "on" AND %s = 'reading'
    )
"""


def note(
    act: Access.Act,
    *,
    by: Actor,
    what: str = "",
    about: models.Model | None = None,
    subject: int | None = None,
    network: int | None = None,
    always: bool = False,
) -> None:
    """Note an access, in one query.

    Args:
        what: the act refused, or the data read.
        about: the row concerned; or `subject`, its primary key alone.
        network: the primary key of the network concerned; that of an officer by default.
        always: note a reading even when that network has switched them off.
    """
    access = Access(
        at=timezone.now(),
        person=by.person,
        role=by.role,
        key=by.key,
        act=act.value,
        what=what[:120],
        kind=about._meta.label_lower if about is not None else "",
        subject=about.pk if about is not None else subject,
        network=network or (by.scope if by.role == "reseau" else None),
    )
    access.digest = digest_of_access(access)
    values: list[Any] = [getattr(access, name) for name in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(NOTE, [*values, access.network, "" if always else access.act])


def erase_access(access: Access, now: object) -> None:
    """Delete an access whose term is over; its digest stays in its block."""
    with pgtrigger.ignore("audit.Access:append_only"):
        access.delete()


def watch(network: models.Model, *, on: bool, by: Actor) -> None:
    """Note the readings that concern a network from now on, or no more; journal the choice."""
    Watch.objects.update_or_create(network=network.pk, defaults={"on": on})
    log(network, "watch_readings" if on else "stop_watching", by=by)
