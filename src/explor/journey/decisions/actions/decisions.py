"""Verbs on decisions: open, decide, send back to the committee."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.committees.actions import lock_call, recuse_conflicted_members
from explor.journey.committees.emails import need_to_read
from explor.journey.committees.models import Bylaws
from explor.journey.committees.selectors import bylaws_of, may_judge
from explor.journey.meetings.models import Meeting
from explor.journey.meetings.rules import voting
from explor.journey.meetings.selectors import open_meeting, voters_for
from explor.journey.needs.models import Need

from .. import emails, rules, selectors
from ..models import SELECTED, Decision
from ..states import State
from .locks import refuse_tied


@transaction.atomic
def open_decision(need: Need) -> Decision:
    """Create the decision to take on an admissible need, and notify the members who may judge it.

    Members with a known conflict are first recused. Idempotent: a second call changes nothing.
    """
    decision, created = Decision.objects.get_or_create(need=need)
    if created:
        recuse_conflicted_members(need.call)
        audit.log(decision, "open_decision", by=SYSTEM)
        recused = need.recusals.values("member")
        for member in need.call.committee.exclude(pk__in=recused).select_related("person", "call"):
            need_to_read(member, need)
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
    expected_version: int | None = None,
) -> Decision:
    """Record the verdict on a need and its reasons (`letter`), confidential until announced.

    Members in conflict are first recused, a scheduled letter unscheduled. A favourable `amount` is
    by default the usual cost. Raises `EditConflict`, `PermissionDenied` or `ActionNotAllowed`: need
    withdrawn, decision announced or voted in another meeting, `ballot` missing in an open meeting,
    `ballot` or chair outside one, too few votes or opinions, envelope, officer tied, chair recused.
    """
    call = lock_call(decision.need.call_id)
    recuse_conflicted_members(call)
    meeting = open_meeting(call)
    _refuse_out_of_meeting(decision, by, meeting, ballot)
    bylaws = bylaws_of(call)
    if verdict in SELECTED and amount is None:
        amount = bylaws.amount
    changes: dict[str, Any] = {
        "verdict": verdict,
        "letter": letter,
        "amount": amount if verdict in SELECTED else None,
        "decided_at": timezone.now(),
        "announce_at": None,
        "meeting": meeting,
        **_votes_of(ballot),
    }

    def check(row: Decision) -> list[str]:
        return _missing(row, bylaws, meeting, ballot)

    return audit.transition(
        decision, "decide", by=by, expected_version=expected_version, check=check, changes=changes
    )


def _votes_of(ballot: voting.Ballot | None) -> dict[str, Any]:
    """Return the columns of a decision that hold its votes; None without ballot."""
    counts = ("votes_for", "votes_against", "abstentions")
    votes = {name: getattr(ballot, name) if ballot else None for name in counts}
    return votes | {"casting": bool(ballot and ballot.casting)}


def _refuse_out_of_meeting(
    decision: Decision, by: Actor, meeting: Meeting | None, ballot: voting.Ballot | None
) -> None:
    """Raise `ActionNotAllowed` when a decision breaks the rules on meetings.

    Refused: a decision by an officer tied to the association, one by the chair or a `ballot`
    without open meeting, a decision by a recused chair, a decision without `ballot` during a
    meeting, and a change to a decision recorded in the minutes of another meeting.
    """
    refuse_tied(decision.need, by=by)
    if meeting is None and (by.role == "comite" or ballot):
        raise ActionNotAllowed("Aucune séance n’est ouverte.")
    if by.role == "comite" and not may_judge(by, decision.need):
        raise ActionNotAllowed("Vous êtes en retrait de ce dossier : le réseau note la décision.")
    if meeting is not None and ballot is None:
        raise ActionNotAllowed("Une séance est ouverte : notez les voix sur la page de la séance.")
    stored = Decision.objects.select_related("meeting").get(pk=decision.pk)
    if stored.state == State.DECIDED and stored.meeting and stored.meeting != meeting:
        day = timezone.localtime(stored.meeting.on)
        raise ActionNotAllowed(
            f"Cette décision est au procès-verbal du {day:%d/%m/%Y} : "
            "rouvrez cette séance pour la changer."
        )


def _missing(
    row: Decision, bylaws: Bylaws, meeting: Meeting | None, ballot: voting.Ballot | None
) -> list[str]:
    reasons = rules.missing_to_decide(row)
    if meeting is not None and ballot is not None:
        voters = voters_for(meeting, row.need_id)
        reasons += voting.missing_quorum(voters, bylaws)
        reasons += voting.missing_votes(ballot, voters, bylaws)
    else:
        reasons += rules.missing_opinions(row)
    money = selectors.money_of(bylaws, exclude=row)
    return reasons + rules.over_envelope(row, granted=money.granted, envelope=money.envelope)


@transaction.atomic
def reconsider(
    decision: Decision, *, by: Actor, reason: str, expected_version: int | None = None
) -> Decision:
    """Send a need that was not selected back to its committee, whose opinions may change again.

    The association is notified. The journal keeps the former verdict and letter.

    Raises:
        ActionNotAllowed: see `rules.missing_to_reconsider`, or `reason` is blank, or the officer
            acts or works for the association.
        EditConflict: the decision changed since `expected_version`.
        PermissionDenied: `by` is not an officer.
    """
    refuse_tied(decision.need, by=by)
    previous = {"verdict": decision.verdict, "letter": decision.letter}
    changes: dict[str, Any] = {
        "decided_at": None,
        "announced_at": None,
        "appeal_days": None,
        "meeting": None,
        "votes_for": None,
        "votes_against": None,
        "abstentions": None,
        "casting": False,
    }
    audit.transition(
        decision,
        "reconsider",
        by=by,
        expected_version=expected_version,
        check=rules.missing_to_reconsider,
        changes=changes,
        reason=reason,
        details=previous,
    )
    emails.reconsidered(decision)
    return decision
