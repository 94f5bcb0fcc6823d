"""Missions brought to a point of their life, for tests."""

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
    """A day counted from today."""
    return timezone.localdate() + timedelta(days=days)


def advise(mission: Mission, zone: str = "V", *, status: str = "open", days: int = 0) -> None:
    """Travel advice read for the place of the mission, `days` from today."""
    record_reading(
        country=mission.country, place=mission.place, zone=zone, country_status=status,
        read_on=on(days), url="https://conseils.example/", by=SYSTEM,
    )  # fmt: skip


def prepared(*, leaves_in: int = 0, state: str = "preparing", **fields: Any) -> Mission:
    """A mission that nothing holds back: list ticked, budget planned, green zone read today."""
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
    return mission


def item_of(mission: Mission, code: str) -> ChecklistItem:
    """A step of the preparation."""
    return ChecklistItem.objects.get(mission=mission, code=code)


def undo(mission: Mission, code: str) -> None:
    """A step is not done after all."""
    ChecklistItem.objects.filter(mission=mission, code=code).update(done_at=None)


def side_by_side(network: Any, count: int, **same: Any) -> list[Mission]:
    """Missions of one network, and of whatever else is the same, on runs of days that follow."""
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
