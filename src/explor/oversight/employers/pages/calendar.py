"""The calendar of the missions of an employer's staff: months, list, iCalendar file."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from explor.actors.lending.rules import span
from explor.ground.http.actor import Actor
from explor.ground.ui.calendars import Status, calendar_of, event_of
from explor.ground.ui.days import date_format
from explor.journey.missions.pages import tone_of
from explor.journey.missions.pages import url_of as mission_url
from explor.journey.proposals.pages import TONES, proposal_url

from ..selectors import Planned

Closed = tuple[date, date, str]
COLUMNS = ["Personne", "Mission", "Dates", "Jours", "État"]


def months_of(
    actor: Actor, year: int, planned: Iterable[Planned], closed: Iterable[Closed]
) -> list[dict[str, Any]]:
    """Return the twelve months of a year, for the component `weeks`.

    A month is {label, lines}: its missions and proposals, then the closed periods, in which nobody
    may leave.
    """
    rows, shut = list(planned), list(closed)
    return [_month(actor, year, month, rows, shut) for month in range(1, 13)]


def _month(
    actor: Actor, year: int, month: int, rows: list[Planned], shut: list[Closed]
) -> dict[str, Any]:
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    lines = [
        {
            "url": url_of(actor, each),
            "ref": _days(each.start, each.end, first, last),
            "text": each.proposal.expert.person.name,
            "note": state_of(each),
        }
        for each in rows
        if each.start <= last and first <= each.end
    ]
    rules = reverse("lending:employeur_rules", args=[actor.key])
    lines += [
        {
            "url": rules,
            "ref": _days(start, end, first, last),
            "text": "personne ne part",
            "note": words,
        }
        for start, end, words in shut
        if start <= last and first <= end
    ]
    return {"label": date_format(first, "F"), "lines": lines}


def _days(start: date, end: date, first: date, last: date) -> str:
    """Return the days of a period that fall in a month, as text: « 3–17 », « 30 »."""
    begin, stop = max(start, first).day, min(end, last).day
    return str(begin) if begin == stop else f"{begin}–{stop}"


def rows_of_calendar(actor: Actor, planned: Iterable[Planned]) -> list[dict[str, Any]]:
    """Return one row per mission or proposal, with the same information as the months."""
    return [
        {
            "who": each.proposal.expert.person.name,
            "what": each.proposal.need.title,
            "url": url_of(actor, each),
            "dates": span(each.start, each.end),
            "days": (each.end - each.start).days + 1,
            "state": state_of(each),
            "tone": tone_of(each.mission) if each.mission else TONES[each.proposal.state],
        }
        for each in planned
    ]


def state_of(planned: Planned) -> str:
    """Return the state of a calendar entry in French, with a mark when its days are recorded."""
    mission = planned.mission
    if mission is None:
        return planned.proposal.state_label
    stay = mission.stay
    real = " (jours réels)" if stay and stay.is_real else ""
    return f"{mission.state_label}{real}"


def url_of(actor: Actor, planned: Planned) -> str:
    """Return the URL of the mission, or of the proposal when there is no mission yet."""
    if planned.mission:
        return mission_url(actor, planned.mission)
    return proposal_url(actor, planned.proposal)


def calendar_file(actor: Actor, name: str, announced: Iterable[tuple[Planned, datetime]]) -> bytes:
    """Return these missions and proposals as an iCalendar file.

    Proposals are tentative events, and entries without travel any more are cancelled ones. A
    proposal that becomes a mission keeps the identifier of its event.
    """
    events = (
        event_of(
            f"proposition-{each.proposal.pk}",
            f"{each.proposal.expert.person.name} : {each.proposal.need.title}",
            each.start,
            changed=changed,
            sequence=each.proposal.version + (each.mission.version + 1 if each.mission else 0),
            last=each.end,
            url=f"{settings.EXPLOR_URL}{url_of(actor, each)}",
            status=_status(each),
        )
        for each, changed in announced
    )
    return bytes(calendar_of(f"Missions EXPLOR – {name}", events).to_ical())


def _status(planned: Planned) -> Status:
    if planned.is_over:
        return Status.CANCELLED
    return Status.CONFIRMED if planned.mission else Status.TENTATIVE
