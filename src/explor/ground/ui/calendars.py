"""iCalendar files (RFC 5545): events of whole days or at a time, and calendars of events."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event


class Status(StrEnum):
    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


def event_of(
    uid: str,
    title: str,
    at: date | datetime,
    *,
    changed: datetime,
    sequence: int,
    url: str = "",
    last: date | None = None,
    status: Status = Status.CONFIRMED,
) -> Event:
    """Return an event at the time `at`, or of whole days from the day `at` to `last`, included.

    As RFC 5545 (3.6.1) requires, the end of an event of whole days is the day after the last one;
    an event at a time has no end.

    Args:
        uid: identifies the event on this site, whatever its dates.
        changed: when the event was last changed; a calendar program ignores an event older than the
            version that it has.
        sequence: the version of the event, which never decreases.
    """
    event = Event()
    event.add("uid", f"{uid}@{urlsplit(settings.EXPLOR_URL).hostname}")
    # METHOD is absent, so the time of the change is also here (3.8.7.2)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", sequence)
    event.add("status", status)
    event.add("summary", title)
    event.add("dtstart", at)
    if not isinstance(at, datetime):
        event.add("dtend", (last or at) + timedelta(days=1))
    if url:
        event.add("url", url)
    return event


def calendar_of(title: str, events: Iterable[Event]) -> Calendar:
    """Return the calendar of these events; `to_ical()` gives the bytes of its file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Explor//Explor//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title)
    for event in events:
        calendar.add_component(event)
    return calendar
