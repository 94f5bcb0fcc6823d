"""The action that records a reading of travel advice."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.reference.selectors import fold

from .models import Advice, Status
from .rules import blockers_of_reading


@transaction.atomic
def record_reading(
    *,
    country: str,
    zone: str,
    read_on: date,
    url: str,
    by: Actor,
    place: str = "",
    country_status: str = Status.OPEN,
    text: str = "",
) -> Advice:
    """Record the ministry's travel advice on a place, the day it was read and its reader.

    The clearance of missions to that place then depends on this advice; earlier rows are kept.

    Raises:
        ActionNotAllowed: the advice is invalid, see `rules.blockers_of_reading`.
    """
    place = " ".join(place.split())
    if reasons := blockers_of_reading(country, place, read_on, timezone.localdate()):
        raise ActionNotAllowed(*reasons.values())
    advice = Advice.objects.create(
        country=country,
        place=place,
        place_key=fold(place),
        zone=zone,
        country_status=country_status,
        read_on=read_on,
        url=url,
        text=text,
        read_by=by.person,
        read_by_name=by.name,
    )
    audit.log(
        advice,
        "read",
        by=by,
        details={"zone": zone, "status": country_status, "read_on": read_on.isoformat()},
    )
    return advice
