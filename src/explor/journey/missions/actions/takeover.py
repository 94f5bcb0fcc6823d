"""Action that imports missions that began before Explor, in the state given by their network."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.workflow.bulk import insert_many
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.releases.models import Release
from explor.journey.releases.states import State as ReleaseState

from .. import engine, rules
from ..models import ChecklistItem, Mission
from ..states import BEFORE, State, properties_of


@dataclass(frozen=True, kw_only=True)
class MissionBefore:
    """A mission that began before Explor: its release, its state and its days.

    `state` is one of `states.TAKEN_OVER`; `details` is the row of the imported file, for the
    journal.
    """

    release: Release
    state: str
    start: date
    end: date
    details: dict[str, Any]


@transaction.atomic
def take_over(missions: Sequence[MissionBefore], *, by: Actor) -> list[Mission]:
    """Create missions that began before Explor, all or none; nobody receives an email.

    The given days are also the real ones, of the departure once the expert has left and of the
    return once back. Only a mission still in preparation has a checklist, dated from its departure.

    Raises:
        ActionNotAllowed: a state contradicts the dates, or a person is away on these days.
    """
    today = timezone.localdate()
    for each in missions:
        if reasons := rules.missing_to_take_over(each.state, each.start, each.end, today):
            raise ActionNotAllowed(*reasons)
    rows = [_mission(each) for each in missions]
    with integrity_errors_as(Mission):
        insert_many(rows)
    prepared = (row for row in rows if row.state in BEFORE)
    insert_many(item for row in prepared for item in _items(row, today))
    audit.log_created(rows, "take_over", by=by, details=[each.details for each in missions])
    return rows


def _mission(before: MissionBefore) -> Mission:
    release, known = before.release, properties_of(before.state)
    need = release.proposal.need
    return Mission(
        release=release,
        need=need,
        network=need.network,
        association=need.association,
        employer=release.employer,
        expert=release.proposal.expert,
        country=need.country,
        place=need.place,
        state=before.state,
        start=before.start,
        end=before.end,
        min_days=need.min_days,
        max_days=need.max_days,
        departed_on=before.start if known.has_left else None,
        returned_on=before.end if known.is_over else None,
        closed_from=State.RETURNED if before.state == State.CLOSED else "",
    )


def _items(mission: Mission, today: date) -> Iterator[ChecklistItem]:
    """Yield the checklist of a mission; the step of an agreement signed before is done."""
    signed = mission.release.state == ReleaseState.AGREED
    done = {"done_at": timezone.now(), "done_by": "reprise de l’existant"} if signed else {}
    for line in engine.checklist(mission.start, today):
        yield ChecklistItem(
            mission=mission, **line, **(done if line["code"] == "agreement" else {})
        )
