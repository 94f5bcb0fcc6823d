"""A mission that began before Explor, in the state that its network gives it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.releases.models import Release
from explor.journey.releases.states import State as ReleaseState

from .. import engine, rules
from ..models import ChecklistItem, Mission
from ..states import BEFORE, State, properties_of


@transaction.atomic
def take_over(
    release: Release, *, by: Actor, state: str, start: date, end: date, details: dict[str, Any]
) -> Mission:
    """Create a mission that began before Explor; nobody receives a message.

    The days of a mission that left are those of its departure and of its return. Only one still in
    preparation has a checklist, dated from its departure.

    Args:
        state: one of `states.TAKEN_OVER`.
        details: the line of the file, for the journal.

    Raises:
        ActionNotAllowed: the state contradicts the dates, or the person is away on these days.
    """
    today = timezone.localdate()
    if reasons := rules.missing_to_take_over(state, start, end, today):
        raise ActionNotAllowed(*reasons)
    with integrity_errors_as(Mission):
        mission = _created(release, state, start, end)
    if state in BEFORE:
        _prepare(mission, today)
    audit.log(mission, "take_over", by=by, target=state, details=details)
    return mission


def _created(release: Release, state: str, start: date, end: date) -> Mission:
    known, need = properties_of(state), release.proposal.need
    return Mission.objects.create(
        release=release,
        need=need,
        network=need.network,
        association=need.association,
        employer=release.employer,
        expert=release.proposal.expert,
        country=need.country,
        place=need.place,
        state=state,
        start=start,
        end=end,
        min_days=need.min_days,
        max_days=need.max_days,
        departed_on=start if known.has_left else None,
        returned_on=end if known.is_over else None,
        closed_from=State.RETURNED if state == State.CLOSED else "",
    )


def _prepare(mission: Mission, today: date) -> None:
    """Create the checklist of a mission; the step of an agreement signed before is done."""
    signed = mission.release.state == ReleaseState.AGREED
    done = {"done_at": timezone.now(), "done_by": "reprise de l’existant"} if signed else {}
    ChecklistItem.objects.bulk_create(
        ChecklistItem(mission=mission, **line, **(done if line["code"] == "agreement" else {}))
        for line in engine.checklist(mission.start, today)
    )
