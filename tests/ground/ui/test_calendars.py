"""iCalendar events, read back by the icalendar library."""

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from explor.ground.ui.calendars import Status, calendar_of, event_of

CHANGED = datetime(2027, 1, 5, 9, 30, tzinfo=UTC)


def read_back(event: Event) -> Event:
    [read] = Calendar.from_ical(calendar_of("Missions", [event]).to_ical()).events
    return read


def test_a_calendar_event_of_whole_days_ends_the_day_after_its_last_day() -> None:
    days = {"changed": CHANGED, "sequence": 3}
    event = read_back(event_of("a", "Mission", date(2027, 3, 2), last=date(2027, 3, 13), **days))
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2027, 3, 2), date(2027, 3, 14))
    one_day = read_back(event_of("a", "Comité", date(2027, 3, 31), **days))
    assert one_day["dtend"].dt - one_day["dtstart"].dt == timedelta(days=1)


def test_a_calendar_event_at_a_given_time_has_no_end() -> None:
    at = datetime(2027, 3, 2, 12, tzinfo=UTC)
    event = read_back(event_of("a", "Clôture", at, changed=CHANGED, sequence=0))
    assert (event["dtstart"].dt, "dtend" in event) == (at, False)


def test_a_cancelled_calendar_event_has_its_status_its_version_and_the_time_of_its_change() -> None:
    cancelled = Status.CANCELLED
    event = event_of("a", "M", date(2030, 1, 1), changed=CHANGED, sequence=4, status=cancelled)
    read = read_back(event)
    assert read["dtstamp"].dt == read["last-modified"].dt == CHANGED
    assert (read["sequence"], read["status"]) == (4, "CANCELLED")
