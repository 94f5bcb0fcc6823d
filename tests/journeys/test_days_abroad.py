"""Every output states the same days for a mission, whatever happened and whatever the delays."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from icalendar import Calendar
from lxml import etree

from explor.journey.missions import actions
from explor.journey.missions.models import Mission
from explor.journey.missions.pages import dates_of, public_missions
from explor.journey.proposals.models import Proposal
from explor.journey.reports import pages as reports
from explor.journey.sheets import actions as directory
from explor.oversight.indicators import selectors as indicators
from explor.public.open_data import pages as open_data
from factories import ReportFactory, association_actor, expert_actor, officer_actor
from support.missions import prepared

pytestmark = pytest.mark.django_db
Days = tuple[date, date]
FIRST, LAST = date(2027, 5, 6), date(2027, 5, 15)  # the planned days
LONG_AFTER = 200  # days after the departure when an act is noted late
DAY = timedelta(days=1)


def at(days: int) -> date:
    """Return the date that is `days` after the planned departure."""
    return FIRST + days * DAY


@contextmanager
def noted(days: int) -> Iterator[None]:
    with time_machine.travel(at(days), tick=False):
        yield


def depart(mission: Mission, on: int = 0, *, noted_on: int = 0) -> None:
    with noted(noted_on):
        actions.depart(mission, by=expert_actor(mission.expert), on=at(on))


def come_back(mission: Mission, on: int = 9, *, noted_on: int = LONG_AFTER) -> None:
    with noted(noted_on):
        actions.come_back(mission, by=expert_actor(mission.expert), on=at(on))


def interrupt(mission: Mission, on: int, *, noted_on: int) -> None:
    by = officer_actor(mission.network)
    with noted(noted_on):
        actions.interrupt(mission, by=by, on=at(on), cause="SANTE", reason="Fièvre.")


def close(mission: Mission) -> None:
    with noted(LONG_AFTER):
        ReportFactory(mission=mission, state="accepted")
        actions.close(mission, by=officer_actor(mission.network))


def planned(mission: Mission) -> None:
    """Leave the mission as it is planned."""


def under_way(mission: Mission) -> None:
    depart(mission, -1, noted_on=0)


def noted_late(mission: Mission) -> None:
    depart(mission, 1, noted_on=LONG_AFTER)
    come_back(mission, 9)


def early(mission: Mission) -> None:
    depart(mission)
    come_back(mission, 4, noted_on=4)


def longer(mission: Mission) -> None:
    depart(mission)
    come_back(mission, 12)
    close(mission)


def interrupted_late(mission: Mission) -> None:
    depart(mission)
    interrupt(mission, 2, noted_on=LONG_AFTER)


def interrupted_then_closed(mission: Mission) -> None:
    interrupted_late(mission)
    close(mission)


def postponed(mission: Mission) -> None:
    with noted(-5):
        by = officer_actor(mission.network)
        actions.postpone(mission, by=by, start=at(30), end=at(39), reason="Pluies.")


def return_taken_back(mission: Mission) -> None:
    depart(mission)
    come_back(mission, 3, noted_on=3)
    with noted(4):
        actions.undo_return(mission, by=officer_actor(mission.network), reason="Erreur de nom.")
    come_back(mission, 9)


def departure_taken_back(mission: Mission) -> None:
    depart(mission)
    with noted(0):
        actions.undo_departure(mission, by=officer_actor(mission.network), reason="Erreur.")


def cancelled(mission: Mission) -> None:
    end(mission, actions.cancel)


def remote(mission: Mission) -> None:
    end(mission, actions.go_remote)


def remote_then_closed(mission: Mission) -> None:
    remote(mission)
    close(mission)


def end(mission: Mission, act: Callable[..., Mission]) -> None:
    with noted(2):  # after the planned departure: nobody left
        act(mission, by=officer_actor(mission.network), cause="ZONE", reason="Route coupée.")


# The days of the mission, whether it has left, and whether it is over.
STORIES: dict[Callable[[Mission], None], tuple[Days | None, bool, bool]] = {
    planned: ((at(0), at(9)), False, False),
    under_way: ((at(-1), at(9)), True, False),
    noted_late: ((at(1), at(9)), True, True),
    early: ((at(0), at(4)), True, True),
    longer: ((at(0), at(12)), True, True),
    interrupted_late: ((at(0), at(2)), True, True),
    interrupted_then_closed: ((at(0), at(2)), True, True),
    postponed: ((at(30), at(39)), False, False),
    return_taken_back: ((at(0), at(9)), True, True),
    departure_taken_back: ((at(0), at(9)), False, False),
    cancelled: (None, False, False),
    remote: (None, False, True),
    remote_then_closed: (None, False, True),
}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_every_page_paper_and_export_states_the_same_days_of_a_mission(
    story: Callable[[Mission], None], settings: Any
) -> None:
    settings.EXPLOR_IATI_REF = "XI-EXPLOR-EXEMPLE"
    days, has_left, is_over = STORIES[story]
    with noted(-1):
        mission = prepared(leaves_in=1, state="cleared")
        Proposal.objects.update(start=FIRST, end=LAST)
        publish_sheet(mission)
    story(mission)
    mission = Mission.objects.get(pk=mission.pk)
    with noted(LONG_AFTER):
        assert calendar() == (days if has_left else None)
        assert iati(mission) == actual(days, has_left, is_over)
        assert figures() == (length(days) if is_over else 0, 0 if days is None else 1)
        assert listed(mission) == days
        if is_over:
            assert certified(mission) == days
        if mission.state != "cancelled":
            assert on_sheet(mission) == (f"{days[0]:%m/%Y}" if days else "")
        assert taken(mission) == held(mission, days, is_over)


def actual(days: Days | None, has_left: bool, is_over: bool) -> tuple[date | None, date | None]:
    """Return the actual start and end that IATI states: none before they took place."""
    if days is None or not has_left:
        return None, None
    return days[0], days[1] if is_over else None


def length(days: Days | None) -> int:
    return (days[1] - days[0]).days + 1 if days else 0


def held(mission: Mission, days: Days | None, is_over: bool) -> list[date]:
    """Return the planned days on which the expert is taken: until the real return, if any."""
    last = min(days[1], mission.end) if days and is_over else mission.end
    several = (last - mission.start).days + 1 if days else 0
    return [mission.start + each * DAY for each in range(several)]


def publish_sheet(mission: Mission) -> None:
    officer = officer_actor(mission.network)
    sheet = directory.write_from_file(mission.need.project, by=officer)
    directory.approve(sheet, by=association_actor(mission.association))
    sheet.refresh_from_db()
    directory.publish(sheet, by=officer)


def written(name: str) -> bytes:
    out = BytesIO()
    open_data.WRITERS[name](out, [])
    return out.getvalue()


def calendar() -> Days | None:
    """Return the days of the only event of the calendar of missions, None without any."""
    events = Calendar.from_ical(written("calendrier-missions.ics")).events
    assert len(events) <= 1
    return next(((each["dtstart"].dt, each["dtend"].dt - DAY) for each in events), None)


def iati(mission: Mission) -> tuple[date | None, date | None]:
    """Return the actual start and end of the activity of a mission."""
    number = f"XI-EXPLOR-EXEMPLE-EXPLOR-M{mission.pk}"
    found = etree.fromstring(written("iati.xml")).xpath(
        "//iati-activity[iati-identifier=$number]/activity-date", number=number
    )
    dates = {each.get("type"): date.fromisoformat(each.get("iso-date")) for each in found}
    return dates.get("2"), dates.get("4")


def figures() -> tuple[int, int]:
    """Return the public number of days abroad and of departures."""
    total = indicators.figures()
    return total["days"], sum(map(sum, total["departures"].values()))


def listed(mission: Mission) -> Days | None:
    """Return the days written in lists, None when they are only planned ones."""
    text = dates_of(mission)
    if text.startswith("prévue"):
        return None
    assert mission.stay is not None
    for day in (mission.stay.start, mission.stay.end):
        assert str(day.day) in text.split()
    return mission.stay.start, mission.stay.end


def certified(mission: Mission) -> Days | None:
    """Return the days that the certificate states, None for a mission done remotely."""
    facts = dict(reports.engagement(mission))
    if "Dates" not in facts:
        assert facts["Forme"] == "à distance, sans voyage"
        return None
    start, end = (
        date(*map(int, reversed(part.split("/"))))
        for part in facts["Dates"].removeprefix("du ").split(" au ")
    )
    assert facts["Durée sur place"] == f"{length((start, end))} jours"
    return start, end


def on_sheet(mission: Mission) -> str:
    [fact] = public_missions(mission.need.project)
    return str(fact["when"])


def taken(mission: Mission) -> list[date]:
    """Return the planned days on which no other proposal may take the expert."""
    agreed = Proposal.objects.agreed().filter(expert=mission.expert)
    days = [mission.start + each * DAY for each in range((mission.end - mission.start).days + 1)]
    return [day for day in days if agreed.overlapping(day, day).exists()]
