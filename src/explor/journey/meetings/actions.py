"""Actions on meetings: plan, cancel, note attendance, start, end, reopen, sign the minutes."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.files.actions import Drawn, draw, keep_drawn, replace, revoke
from explor.ground.files.models import Document
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.calls.models import Call
from explor.journey.committees.actions import lock_call, recuse_conflicted_members
from explor.journey.committees.models import CommitteeMember

from . import emails, pages, rules
from .models import Meeting
from .states import MEETING

CHANGED = "Une décision vient d’être notée : demandez de nouveau la clôture."


@transaction.atomic
def plan_meeting(call: Call, *, by: Actor, on: datetime, place: str = "") -> Meeting:
    """Plan a meeting of the committee of a call, and email its members to convene them.

    Raises:
        ActionNotAllowed: `on` is more than 12 hours ago, or the committee already has a meeting
            planned or open.
    """
    if reasons := rules.missing_to_plan(on):
        raise ActionNotAllowed(*reasons)
    with integrity_errors_as(Meeting):
        meeting = Meeting.objects.create(call=call, on=on, place=place)
    audit.log(meeting, "plan_meeting", by=by)
    emails.convened(meeting)
    return meeting


@transaction.atomic
def note_attendance(
    meeting: Meeting,
    *,
    by: Actor,
    members: Iterable[CommitteeMember],
    expected_version: int | None = None,
) -> Meeting:
    """Replace the list of the members present at a planned or open meeting.

    Raises:
        ActionNotAllowed: the meeting ended or was cancelled.
        EditConflict: the meeting changed since `expected_version`.
    """
    lock_call(meeting.call_id)
    present = sorted(member.pk for member in members)
    row = audit.update(
        meeting,
        "note_attendance",
        by=by,
        expected_version=expected_version,
        check=rules.missing_to_note_attendance,
        details={"present": present},
    )
    row.present.set(present)
    return row


@transaction.atomic
def start_meeting(meeting: Meeting, *, by: Actor, expected_version: int | None = None) -> Meeting:
    """Open a planned meeting for votes; first recuse members with a known conflict of interest.

    Raises:
        ActionNotAllowed: the meeting is not planned, or its planned time is over 12 hours away.
        EditConflict: the meeting changed since `expected_version`.
        PermissionDenied: `by` acts neither for the network nor for the committee.
    """
    recuse_conflicted_members(lock_call(meeting.call_id))
    return audit.transition(
        meeting,
        "start_meeting",
        by=by,
        expected_version=expected_version,
        check=rules.missing_to_start,
    )


def end_meeting(meeting: Meeting, *, by: Actor, expected_version: int | None = None) -> Meeting:
    """Close a meeting to votes, generate its minutes, and ask the chair to sign them.

    Members with a known conflict are first recused. The PDF is rendered before the call is locked,
    so that the lock is short.

    Raises:
        ActionNotAllowed: see `rules.missing_to_end`, the meeting is not open, or the content of the
            minutes changed during rendering.
        EditConflict: the meeting changed since `expected_version`.
        PermissionDenied: `by` acts neither for the network nor for the committee.
    """
    MEETING.transition(meeting.state, "end_meeting")
    if reasons := rules.missing_to_end(meeting):
        raise ActionNotAllowed(*reasons)
    recuse_conflicted_members(meeting.call)
    minutes = pages.minutes_of(meeting)
    drawn = _draw(minutes)
    with transaction.atomic():
        recuse_conflicted_members(lock_call(meeting.call_id))
        audit.transition(
            meeting,
            "end_meeting",
            by=by,
            expected_version=expected_version,
            check=rules.missing_to_end,
        )
        if pages.minutes_of(meeting) != minutes:
            raise ActionNotAllowed(CHANGED)
        changes = {"minutes": _keep(drawn, meeting, by), "minutes_text": asdict(minutes)}
        audit.update(meeting, "draw_minutes", by=by, changes=changes)
        emails.to_sign(meeting)
    return meeting


@transaction.atomic
def reopen(
    meeting: Meeting, *, by: Actor, reason: str, expected_version: int | None = None
) -> Meeting:
    """Open an ended meeting for votes again, and revoke its minutes, which nobody signed yet.

    Raises:
        ActionNotAllowed: the meeting has not ended, its minutes are signed, another meeting is
            planned or open, or `reason` is blank.
        EditConflict: the meeting changed since `expected_version`.
        PermissionDenied: `by` acts neither for the network nor for the committee.
    """
    lock_call(meeting.call_id)
    with integrity_errors_as(Meeting):
        minutes = meeting.minutes
        changes: dict[str, Any] = {"minutes": None, "minutes_text": {}}
        audit.transition(
            meeting,
            "reopen",
            by=by,
            expected_version=expected_version,
            changes=changes,
            reason=reason,
        )
    if minutes:
        revoke(minutes.seal, reason="Séance rouverte.", by=by)  # public: no words of a person
    return meeting


@transaction.atomic
def cancel(meeting: Meeting, *, by: Actor, expected_version: int | None = None) -> Meeting:
    """Cancel a planned meeting and notify the members.

    Raises:
        ActionNotAllowed: the meeting is not planned.
        EditConflict: the meeting changed since `expected_version`.
        PermissionDenied: `by` is not an officer.
    """
    lock_call(meeting.call_id)
    audit.transition(meeting, "cancel", by=by, expected_version=expected_version)
    emails.cancelled(meeting)
    return meeting


def sign(meeting: Meeting, *, by: Actor, expected_version: int | None = None) -> Meeting:
    """Sign the minutes as the chair read them, and replace their file by a signed version.

    The signed text is the one kept when the meeting ended, whatever changed since. The PDF is
    rendered before the call is locked.

    Raises:
        ActionNotAllowed: the meeting has not ended, or its minutes are missing or signed.
        EditConflict: the meeting changed since `expected_version`, or during rendering.
        PermissionDenied: `by` does not act for the committee.
    """
    MEETING.transition(meeting.state, "sign")
    read = Meeting.objects.select_related("call__network", "minutes").get(pk=meeting.pk)
    if reasons := rules.missing_to_sign(read):
        raise ActionNotAllowed(*reasons)
    changes: dict[str, Any] = {
        "signed_by": by.name,
        "signed_at": timezone.now(),
        "digest": read.minutes.sha256 if read.minutes else "",
    }
    drawn = _draw(pages.signed_minutes(read, **changes))
    with transaction.atomic():
        lock_call(meeting.call_id)
        audit.transition(
            meeting,
            "sign",
            by=by,
            expected_version=read.version if expected_version is None else expected_version,
            check=rules.missing_to_sign,
            changes=changes,
        )
        signed = _keep(drawn, meeting, by)
        audit.update(meeting, "draw_minutes", by=by, changes={"minutes": signed})
        if read.minutes:
            replace(read.minutes.seal, by=by, with_=signed.seal)
    return meeting


def _draw(minutes: pages.Minutes) -> Drawn:
    return draw(
        template="document.typ", data=minutes.data, facts=minutes.facts, title=minutes.title
    )


def _keep(drawn: Drawn, meeting: Meeting, by: Actor) -> Document:
    return keep_drawn(drawn, kind="minutes", owner=meeting, by=by, network=meeting.call.network_id)
