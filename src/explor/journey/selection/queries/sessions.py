"""The session of a call that is planned or open, and its quorum."""

from explor.journey.calls.models import Call

from ..models import Bylaws, CommitteeMember, Session
from ..rules import voting
from ..states import MEETING, SessionState


def open_session(call: Call) -> Session | None:
    """The session in which the committee of a call is voting now."""
    return Session.objects.filter(call=call, state=SessionState.OPEN).first()


def meeting_of(call: Call) -> Session | None:
    """The session planned or open, else the last one."""
    sessions = Session.objects.filter(call=call)
    return sessions.filter(state__in=MEETING).first() or sessions.first()


def quorum_of(session: Session, bylaws: Bylaws) -> dict[str, int | bool]:
    """Who is there among those who sit, and how many are needed."""
    seated = CommitteeMember.objects.filter(call=session.call_id).count()
    present, asked = session.present.count(), voting.asked_present(seated, bylaws.presence)
    return {"present": present, "seated": seated, "asked": asked, "met": present >= asked}
