"""Missions in a given state, for tests."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from explor.ground.http.actor import SYSTEM
from explor.ground.travel_advice.actions import record_reading
from explor.journey.budgets.models import BudgetLine
from explor.journey.missions import engine
from explor.journey.missions.models import ChecklistItem, Mission
from factories import MissionFactory

CAUSED = ("cancelled", "interrupted", "remote")


def on(days: int) -> date:
    """Return the date that is `days` after today."""
    return timezone.localdate() + timedelta(days=days)


def advise(mission: Mission, zone: str = "V", *, status: str = "open", days: int = 0) -> None:
    """Create travel advice for the place of the mission, consulted `days` from today."""
    record_reading(
        country=mission.country, place=mission.place, zone=zone, country_status=status,
        read_on=on(days), url="https://conseils.example/", by=SYSTEM,
    )  # fmt: skip


def prepared(*, leaves_in: int = 0, state: str = "preparing", **fields: Any) -> Mission:
    """Create a mission ready for departure: checklist done, budget planned, safe zone today."""
    fields.setdefault("cause", "ZONE" if state in CAUSED else "")
    mission = MissionFactory(start=on(leaves_in), end=on(leaves_in + 9), state=state, **fields)
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            mission=mission,
            done_at=timezone.now(),
            valid_until=on(900) if line["code"] == "passport" else None,
            **line,
        )
        for line in engine.checklist(mission.start, timezone.localdate())
    )
    BudgetLine.objects.create(mission=mission, heading="TRANSPORT", planned=Decimal(900))
    advise(mission)
    widen(mission)
    return mission


def widen(mission: Mission, start: date | None = None, end: date | None = None) -> None:
    """Set the window of the need of a mission, from today to 400 days later by default."""
    mission.need.window_start, mission.need.window_end = start or on(0), end or on(400)
    mission.need.save()


def item_of(mission: Mission, code: str) -> ChecklistItem:
    """Return the checklist step of the mission with this code."""
    return ChecklistItem.objects.get(mission=mission, code=code)


def undo(mission: Mission, code: str) -> None:
    """Mark a checklist step of the mission as not done."""
    ChecklistItem.objects.filter(mission=mission, code=code).update(done_at=None)


def side_by_side(network: Any, count: int, **same: Any) -> list[Mission]:
    """Create missions with the same fields, on successive dates."""
    made = []
    for number in range(count):
        start = on(20 + 16 * number)
        made.append(
            MissionFactory(
                release__proposal__decision__need__network=network,
                start=start,
                end=start + timedelta(days=9),
                **same,
            )
        )
    return made
