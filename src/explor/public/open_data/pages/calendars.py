"""iCalendar files: the dates of calls for projects, and the missions under way or over."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import IO, Any
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from explor.ground.reference.selectors import label
from explor.journey.calls.models import Call
from explor.journey.missions.models import Mission
from explor.journey.missions.states import Stay

from .. import selectors
from .records import address_of
from .remarks import Remark


def write_calls(out: IO[bytes], remarks: list[Remark]) -> int:
    """Write the opening, closing and committee day of each call for projects that is not a draft.

    Returns:
        The number of events.
    """
    calls = selectors.announced_calls()
    return _write(out, "Appels EXPLOR", (event for call in calls for event in _days(call)))


def _days(call: Call) -> Iterable[Event]:
    days: tuple[tuple[str, str, Any], ...] = (
        ("ouverture", "Ouverture", call.opens_at),
        ("cloture", "Clôture", call.closes_at),
        ("comite", "Comité", call.committee_on),
    )
    url = f"{settings.EXPLOR_URL}/dispositif/appels/{call.slug}/"
    for key, title, at in days:
        if at:
            yield _event(
                f"appel-{call.pk}-{key}", f"{title} : {call.title} ({call.network})", at, url=url
            )


def write_missions(out: IO[bytes], remarks: list[Remark]) -> int:
    """Write the missions of published sheets whose expert has departed, as events of whole days.

    Returns:
        The number of events."""
    stays = ((mission, mission.stay) for mission in selectors.departed_missions())
    return _write(out, "Missions EXPLOR", (_stay(each, stay) for each, stay in stays if stay))


def _stay(mission: Mission, stay: Stay) -> Event:
    title = f"{mission.need.title} ({label('countries', mission.country)})"
    sheet = mission.need.project.sheet
    return _event(
        f"mission-{mission.pk}",
        title,
        stay.start,
        url=address_of(sheet.slug),
        last=stay.end,
    )


def _event(
    uid: str, title: str, at: date | datetime, *, url: str, last: date | None = None
) -> Event:
    """Return an event at the time `at`, or over whole days from the day `at` to `last`.

    As RFC 5545 (3.6.1) requires, the end of an event of whole days is the day after its last.
    """
    end = at if isinstance(at, datetime) else (last or at) + timedelta(days=1)
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(settings.EXPLOR_URL).hostname}")
    event.add("dtstamp", _stamp(at))
    event.add("summary", title)
    event.add("dtstart", at)
    event.add("dtend", end)
    event.add("url", url)
    return event


def _stamp(at: date | datetime) -> datetime:
    """Return a DTSTAMP made from the start of the event, so that the file changes only with it."""
    return at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, tzinfo=UTC)


def _write(out: IO[bytes], title: str, events: Iterable[Event]) -> int:
    calendar = Calendar()
    calendar.add("prodid", "-//Explor//Explor//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    for event in events:
        calendar.add_component(event)
    out.write(calendar.to_ical())
    return len(calendar.subcomponents)
