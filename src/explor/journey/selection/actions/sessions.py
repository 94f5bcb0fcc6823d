"""The committee meets: who is there, the files one by one, the minutes, the signature."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.common.actor import Actor
from explor.ground.common.constraints import refusing
from explor.ground.documents.actions import issue, revoke
from explor.ground.documents.models import Document
from explor.ground.journal.actions import amend, apply, record
from explor.journey.calls.models import Call

from .. import emails, queries, rules
from ..models import CommitteeMember, Session
from .seats import lock, set_aside


@transaction.atomic
def plan(call: Call, *, by: Actor, on: datetime, place: str = "") -> Session:
    """A session is called; those who sit are told when and where."""
    with refusing(Session):
        session = Session.objects.create(call=call, on=on, place=place)
    record(session, "plan_session", by=by)
    emails.convened(session)
    return session


@transaction.atomic
def attend(
    session: Session, *, by: Actor, members: Iterable[CommitteeMember], seen: int | None = None
) -> Session:
    """Who is there, as it stands now, until the session ends."""
    lock(session.call_id)
    present = sorted(each.pk for each in members)
    told, check = {"present": present}, rules.missing_to_attend
    row = amend(session, "attend", by=by, seen=seen, check=check, details=told)
    row.present.set(present)
    return row


@transaction.atomic
def open(session: Session, *, by: Actor, seen: int | None = None) -> Session:
    """The session begins; ties are looked for once more."""
    set_aside(lock(session.call_id))
    return apply(session, "open", by=by, seen=seen)


@transaction.atomic
def close(session: Session, *, by: Actor, seen: int | None = None) -> Session:
    """The session ends; its minutes are drawn, and the chair is asked to sign them."""
    set_aside(lock(session.call_id))
    apply(session, "close", by=by, seen=seen, check=rules.missing_to_close)
    told = queries.minutes_of(session)
    changes = {"minutes": _draw(session, told, by), "told": asdict(told)}
    amend(session, "draw_minutes", by=by, changes=changes)
    emails.to_sign(session)
    return session


@transaction.atomic
def reopen(session: Session, *, by: Actor, reason: str, seen: int | None = None) -> Session:
    """Something must be put right before the signature: the minutes are void."""
    lock(session.call_id)
    with refusing(Session):
        drawn = session.minutes
        changes: dict[str, Any] = {"minutes": None, "told": {}}
        apply(session, "reopen", by=by, seen=seen, changes=changes, reason=reason)
    if drawn:
        revoke(drawn.seal, reason=f"Séance rouverte : {reason}"[:300], by=by)
    return session


@transaction.atomic
def cancel(session: Session, *, by: Actor, seen: int | None = None) -> Session:
    """The session will not take place; those who sit are told."""
    lock(session.call_id)
    apply(session, "cancel", by=by, seen=seen)
    emails.called_off(session)
    return session


@transaction.atomic
def sign(session: Session, *, by: Actor, seen: int | None = None) -> Session:
    """The chair signs the text they read, whatever changed since; the signed minutes replace it."""
    lock(session.call_id)
    read = session.minutes
    changes = {
        "signed_by": by.name,
        "signed_at": timezone.now(),
        "digest": read.sha256 if read else "",
    }
    apply(session, "sign", by=by, seen=seen, check=rules.missing_to_sign, changes=changes)
    drawn = _draw(session, queries.signed_minutes(session), by)
    amend(session, "draw_minutes", by=by, changes={"minutes": drawn})
    if read:
        revoke(read.seal, reason="Remplacé par la version signée.", by=by)
    return session


def _draw(session: Session, told: queries.Minutes, by: Actor) -> Document:
    return issue(
        template="document.typ",
        data=told.data,
        facts=told.facts,
        kind="minutes",
        title=told.title,
        owner=session,
        by=by,
        network=session.call.network_id,
    )
