"""iCalendar files (RFC 5545): events of whole days or at a time, and the calendar of them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event


def event_of(
    uid: str,
    title: str,
    at: date | datetime,
    *,
    url: str = "",
    last: date | None = None,
    sequence: int | None = None,
    tentative: bool = False,
) -> Event:
    """Return an event at the time `at`, or over whole days from the day `at` to `last`.

    As RFC 5545 (3.6.1) requires, the end of an event of whole days is the day after its last.

    Args:
        uid: identifies the event on this site, whatever its dates.
        sequence: the version of the event, by which a calendar keeps the last one.
        tentative: whether the event is not sure yet.
    """
    end = at if isinstance(at, datetime) else (last or at) + timedelta(days=1)
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(settings.EXPLOR_URL).hostname}")
    event.add("dtstamp", _stamp(at))
    event.add("summary", title)
    event.add("dtstart", at)
    event.add("dtend", end)
    if url:
        event.add("url", url)
    if sequence is not None:
        event.add("sequence", sequence)
    if tentative:
        event.add("status", "TENTATIVE")
    return event


def _stamp(at: date | datetime) -> datetime:
    """Return a DTSTAMP made from the start of the event, so that the file changes only with it."""
    return at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, tzinfo=UTC)


def calendar_of(title: str, events: Iterable[Event]) -> Calendar:
    """Return the calendar of these events; `to_ical()` gives the bytes of its file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Explor//Explor//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    for event in events:
        calendar.add_component(event)
    return calendar
