"""Actions on the checklist of a mission: tick or untick a step, date again, erase travel data.

The step of the agreement is also ticked and unticked by the system.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.journey.releases.models import Release
from explor.journey.releases.states import State as ReleaseState

from .. import emails, engine, rules
from ..models import ChecklistItem, Mission
from ..states import BEFORE


@transaction.atomic
def tick(
    item: ChecklistItem,
    *,
    by: Actor,
    done: bool,
    valid_until: date | None = None,
    note: str = "",
    expected_version: int | None = None,
) -> ChecklistItem:
    """Mark a checklist step as done or not done, with a note and an expiry date.

    For privacy, only the expiry date of a passport, visa or insurance is stored, never a copy. The
    party in charge of the step is notified when an officer marked it on its behalf.

    Raises:
        ActionNotAllowed: the preparation is over, as the expert has left or the mission ended.
        EditConflict: the step changed since `expected_version`.
    """
    changes = {
        "done_at": timezone.now() if done else None,
        "done_by": str(by) if done else "",
        "valid_until": valid_until,
        "note": note,
    }
    audit.update(
        item,
        "tick",
        by=by,
        expected_version=expected_version,
        check=rules.missing_to_tick,
        changes=changes,
    )
    emails.ticked(item, by)
    return item


def note_agreement(release: Release) -> None:
    """Mark the checklist step "agreement" as done, after every party of the release has signed.

    Do nothing when the step is already done, when the expert has left, or when the agreement was
    replaced since, as this job may run late.
    """
    if not Release.objects.filter(pk=release.pk, state=ReleaseState.AGREED).exists():
        return
    item = ChecklistItem.objects.filter(
        mission__release=release, mission__state__in=BEFORE, code="agreement", done_at=None
    ).first()
    if item:
        tick(item, by=SYSTEM, done=True)


def forget_agreement(release: Release) -> None:
    """Mark the checklist step "agreement" as not done, when the release has none. Idempotent."""
    item = ChecklistItem.objects.filter(
        mission__release=release, mission__state__in=BEFORE, code="agreement", done_at__isnull=False
    ).first()
    if item and item.mission.release.agreement_id is None:
        tick(item, by=SYSTEM, done=False)


def date_again(mission: Mission, today: date) -> None:
    """Recompute the days of the checklist from the new departure of a mission.

    The steps done for the former days, as the tickets, are unticked. The version of every step
    changes, so that a form opened before is refused.
    """
    dates = {line["code"]: line for line in engine.checklist(mission.start, today)}
    items = list(mission.checklist.select_for_update().order_by("pk"))
    for item in items:
        for name in ("start_by", "due", "at_risk_from"):
            setattr(item, name, dates[item.code][name])
        if item.code in engine.DATED:
            item.done_at, item.done_by = None, ""
        item.version += 1
    changed = ["start_by", "due", "at_risk_from", "done_at", "done_by", "version"]
    ChecklistItem.objects.bulk_update(items, changed)


def erase_travel(item: ChecklistItem, now: datetime) -> None:
    """Erase the expiry date, note and name on a checklist step whose retention period is over.

    Args:
        now: the time of the purge, unused.
    """
    with transaction.atomic():
        changes = {"valid_until": None, "note": "", "done_by": ""}
        audit.update(item, "erase_travel", by=SYSTEM, changes=changes)
