"""Functions that record accesses, erase old ones, and switch the recording of readings.

An access is a sign-in, a sign-out, a refused action or a reading of data.
"""

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
# A single query, which inserts nothing if the network has switched off the recording of readings.
NOTE = f"""
    INSERT INTO audit_access ({", ".join(COLUMNS)})
    SELECT {", ".join(["%s"] * len(COLUMNS))}
    WHERE NOT EXISTS (
        SELECT FROM audit_watch WHERE network = %s AND NOT "on" AND %s = 'reading'
    )
"""


def note(
    act: Access.Type,
    *,
    by: Actor,
    what: str = "",
    about: models.Model | None = None,
    subject: int | None = None,
    network: int | None = None,
    always: bool = False,
) -> None:
    """Record an access, in one query; skip a reading if the network does not record readings.

    A reading is an access by which somebody viewed data.

    Args:
        act: the type of access.
        what: the name of the refused action, or of the data viewed.
        about: the row concerned; or pass only its primary key, as `subject`.
        network: the primary key of the network concerned, by default that of the officer.
        always: record a reading even if the network has switched off this recording.
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
    """Delete an access that was kept long enough; its digest stays in its sealed block.

    `now` is unused.
    """
    with pgtrigger.ignore("audit.Access:append_only"):
        access.delete()


def watch(network: models.Model, *, on: bool, by: Actor) -> None:
    """Switch the recording of readings that concern a network on or off; journal the choice."""
    Watch.objects.update_or_create(network=network.pk, defaults={"on": on})
    log(network, "watch_readings" if on else "stop_watching", by=by)
