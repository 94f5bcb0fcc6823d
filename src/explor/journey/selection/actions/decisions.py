"""A need goes before its committee, is decided, then announced: two acts at two dates."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from explor.ground.common.actor import SYSTEM, Actor
from explor.ground.common.conflict import Refused
from explor.ground.journal.actions import amend, apply, record
from explor.journey.needs.models import Need

from .. import emails, queries, rules
from ..models import SELECTED, Bylaws, Decision, Recusal, Session
from ..rules import voting
from ..states import SessionState, State
from .seats import lock, lock_files, set_aside

logger = structlog.get_logger(__name__)

# A decision to announce, and the version that was read over.
Letter = tuple[Decision, int | None]


@transaction.atomic
def open_decision(need: Need) -> Decision:
    """A need declared admissible goes before its committee; known conflicts are set aside.

    Safe to run twice: the second time changes nothing.
    """
    decision, made = Decision.objects.get_or_create(need=need)
    if made:
        set_aside(need.call)
        record(decision, "open_decision", by=SYSTEM)
        aside = need.recusals.values("member")
        for member in need.call.committee.exclude(pk__in=aside).select_related("person", "call"):
            emails.to_read(member, decision)
    return decision


@transaction.atomic
def decide(
    decision: Decision,
    *,
    by: Actor,
    verdict: str,
    letter: str = "",
    amount: Decimal | None = None,
    ballot: voting.Ballot | None = None,
    seen: int | None = None,
) -> Decision:
    """The decision is taken, and stays inside until it is announced.

    While a session is open it is voted, with a `ballot`; otherwise it rests on written opinions.
    """
    call = lock(decision.need.call_id)
    set_aside(call)
    session = Session.objects.filter(call=call, state=SessionState.OPEN).first()
    _refuse_out_of_session(decision, by, session, ballot)
    bylaws = queries.bylaws_of(call)
    if verdict in SELECTED and amount is None:
        amount = bylaws.amount
    changes: dict[str, Any] = {
        "verdict": verdict,
        "letter": letter,
        "amount": amount if verdict in SELECTED else None,
        "decided_at": timezone.now(),
        "announce_at": None,
        "session": session,
        "votes_for": ballot.votes_for if ballot else None,
        "votes_against": ballot.votes_against if ballot else None,
        "abstentions": ballot.abstentions if ballot else None,
        "casting": bool(ballot and ballot.casting),
    }

    def check(row: Decision) -> list[str]:
        return _against(row, bylaws, session, ballot)

    return apply(decision, "decide", by=by, seen=seen, check=check, changes=changes)


def _refuse_out_of_session(
    decision: Decision, by: Actor, session: Session | None, ballot: voting.Ballot | None
) -> None:
    """In session one votes; what the minutes hold changes only in their session."""
    if session is None and (by.hat == "comite" or ballot):
        raise Refused("Aucune séance n’est ouverte.")
    aside = Recusal.objects.filter(need=decision.need_id, member__person=by.person)
    if by.hat == "comite" and aside.exists():
        raise Refused("Vous êtes en retrait de ce dossier : le réseau note la décision.")
    if session is not None and ballot is None:
        raise Refused("Une séance est ouverte : notez les voix sur la page de la séance.")
    kept = Decision.objects.select_related("session").get(pk=decision.pk)
    if kept.state == State.DECIDED and kept.session and kept.session != session:
        day = timezone.localtime(kept.session.on)
        raise Refused(
            f"Cette décision est au procès-verbal du {day:%d/%m/%Y} : "
            "rouvrez cette séance pour la changer."
        )


def _against(
    row: Decision, bylaws: Bylaws, session: Session | None, ballot: voting.Ballot | None
) -> list[str]:
    reasons = rules.against_deciding(row)
    if session is not None and ballot is not None:
        room = queries.room_of(session, row.need_id)
        reasons += voting.against_quorum(room, bylaws)
        reasons += voting.against_ballot(ballot, room, bylaws)
    else:
        reasons += rules.missing_opinions(row)
    money = queries.money_of(bylaws, but=row)
    return reasons + rules.against_envelope(row, granted=money.granted, envelope=money.envelope)


def write_letter(
    decision: Decision, *, by: Actor, letter: str, seen: int | None = None
) -> Decision:
    """The reasons are put into words after the vote; a letter that was to leave is held back."""
    changes = {"letter": letter, "announce_at": None}
    check = rules.missing_to_write
    return amend(decision, "write_letter", by=by, seen=seen, check=check, changes=changes)


@transaction.atomic
def schedule(letters: Iterable[Letter], *, by: Actor, at: datetime) -> None:
    """Letters that were read over leave together at `at`, unless they are held back before."""
    for decision, seen in _locked(letters):
        check, changes = rules.missing_to_announce, {"announce_at": at}
        apply(decision, "schedule", by=by, seen=seen, check=check, changes=changes)
    app.configure_task("selection.announce_due", schedule_at=at).defer(
        timestamp=int(at.timestamp())
    )


@transaction.atomic
def hold(letters: Iterable[Letter], *, by: Actor, reason: str = "") -> None:
    """Letters that were to leave do not."""
    for decision, seen in _locked(letters):
        apply(decision, "hold", by=by, seen=seen, changes={"announce_at": None}, reason=reason)


def _locked(letters: Iterable[Letter]) -> list[Letter]:
    chosen = list(letters)
    lock_files(Decision.objects.filter(pk__in=[decision.pk for decision, _ in chosen]))
    return chosen


@transaction.atomic
def announce(decision: Decision, *, by: Actor, seen: int | None = None) -> Decision:
    """The association is told; from now on a favourable need looks for its expert."""
    changes = {"announced_at": timezone.now(), "announce_at": None}
    apply(decision, "announce", by=by, seen=seen, check=rules.missing_to_announce, changes=changes)
    emails.announced(decision)
    return decision


def announce_due(now: datetime) -> int:
    """Send the letters whose hour has come; returns how many. One that cannot leave is held."""
    sent = 0
    for pk in queries.due(now):
        with transaction.atomic():
            decision = Decision.objects.select_for_update(of=("self",)).get(pk=pk)
            if decision.announce_at is None or decision.announce_at > now:
                continue  # held back, or put off, while we were sending the others
            try:
                announce(decision, by=SYSTEM)
                sent += 1
            except Refused as refusal:
                logger.warning("letter_held", decision=pk, reasons=list(refusal.reasons))
                hold([(decision, None)], by=SYSTEM, reason=str(refusal))
    return sent


@transaction.atomic
def reconsider(decision: Decision, *, by: Actor, reason: str, seen: int | None = None) -> Decision:
    """A file put off, refused or in reserve goes back to the committee; the journal keeps what was
    said. Opinions may change again."""
    kept = {"verdict": decision.verdict, "letter": decision.letter}
    changes: dict[str, Any] = {
        "decided_at": None,
        "announced_at": None,
        "session": None,
        "votes_for": None,
        "votes_against": None,
        "abstentions": None,
        "casting": False,
    }
    apply(
        decision,
        "reconsider",
        by=by,
        seen=seen,
        check=rules.missing_to_reconsider,
        changes=changes,
        reason=reason,
        details=kept,
    )
    emails.reconsidered(decision)
    return decision
