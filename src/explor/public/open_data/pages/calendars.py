"""iCalendar files: the dates of calls for projects, and the missions under way or over."""

from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from icalendar import Event

from explor.ground.audit.selectors import last_changes
from explor.ground.reference.selectors import label
from explor.ground.ui.calendars import calendar_of, event_of
from explor.journey.calls.models import Call
from explor.journey.missions.models import Mission
from explor.journey.missions.states import Stay

from .. import selectors
from .records import address_of
from .remarks import Remark


def write_calls(out: IO[bytes], remarks: list[Remark]) -> int:
    """Write, as iCalendar, the opening, closing and committee day of each call that is no draft.

    Returns:
        The number of events.
    """
    calls = list(selectors.announced_calls())
    changes = last_changes(calls)
    events = (event for call in calls for event in _days(call, changes.get(call.pk)))
    return _write(out, "Appels EXPLOR", events)


def _days(call: Call, changed: datetime | None) -> Iterable[Event]:
    days: tuple[tuple[str, str, Any], ...] = (
        ("ouverture", "Ouverture", call.opens_at),
        ("cloture", "Clôture", call.closes_at),
        ("comite", "Comité", call.committee_on),
    )
    url = f"{settings.EXPLOR_URL}/dispositif/appels/{call.slug}/"
    for key, title, at in days:
        if at:
            yield event_of(
                f"appel-{call.pk}-{key}",
                f"{title} : {call.title} ({call.network})",
                at,
                changed=changed or call.state_since,
                sequence=call.version,
                url=url,
            )


def write_missions(out: IO[bytes], remarks: list[Remark]) -> int:
    """Write the missions of published sheets whose expert has departed, as events of whole days.

    Returns:
        The number of events."""
    missions = list(selectors.departed_missions())
    changes = last_changes(missions)
    stays = ((each, each.stay) for each in missions)
    events = (_stay(each, stay, changes.get(each.pk)) for each, stay in stays if stay)
    return _write(out, "Missions EXPLOR", events)


def _stay(mission: Mission, stay: Stay, changed: datetime | None) -> Event:
    title = f"{mission.need.title} ({label('countries', mission.country)})"
    sheet = mission.need.project.sheet
    return event_of(
        f"mission-{mission.pk}",
        title,
        stay.start,
        changed=changed or mission.state_since,
        sequence=mission.version,
        url=address_of(sheet.slug),
        last=stay.end,
    )


def _write(out: IO[bytes], title: str, events: Iterable[Event]) -> int:
    calendar = calendar_of(title, events)
    out.write(calendar.to_ical())
    return len(calendar.subcomponents)
