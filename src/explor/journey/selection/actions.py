"""The committee opines, the network decides, then announces."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.actors.organisations.models import Member
from explor.ground.common.actor import SYSTEM, Actor
from explor.ground.common.conflict import Refused
from explor.ground.journal.actions import apply, record
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need

from . import emails, rules
from .models import CommitteeMember, Decision, Opinion, Recusal


def sit(person: Any, key: str, role: str) -> None:
    """An invited person sits on the committee of a call; conflicts are looked for at once."""
    call = Call.objects.get(slug=key)
    member, made = CommitteeMember.objects.get_or_create(
        call=call, person=person, defaults={"chair": role == "chair"}
    )
    if made:
        for decision in Decision.objects.filter(need__call=call).select_related("need"):
            _find_conflict(member, decision.need)


@transaction.atomic
def open_decision(need: Need) -> Decision:
    """A need declared admissible goes before its committee; known conflicts are set aside.

    Safe to run twice: the second time changes nothing.
    """
    decision, made = Decision.objects.get_or_create(need=need)
    if made:
        record(decision, "open_decision", by=SYSTEM)
        for member in need.call.committee.select_related("person", "call"):
            if not _find_conflict(member, need):
                emails.to_read(member, decision)
    return decision


def _find_conflict(member: CommitteeMember, need: Need) -> bool:
    """Set a member aside from a need of an association for which they act."""
    if not Member.objects.filter(person=member.person, organisation=need.association_id).exists():
        return False
    Recusal.objects.get_or_create(
        member=member,
        need=need,
        defaults={"reason": f"Membre de {need.association}", "found": True},
    )
    return True


@transaction.atomic
def recuse(member: CommitteeMember, need: Need, *, by: Actor, reason: str) -> Recusal:
    """A member declares a conflict: they no longer see the file, and their opinion is withdrawn."""
    recusal, _ = Recusal.objects.get_or_create(
        member=member, need=need, defaults={"reason": reason}
    )
    Opinion.objects.filter(member=member, need=need).delete()
    record(need, "recuse", by=by, reason=reason)
    return recusal


@transaction.atomic
def opine(
    decision: Decision,
    *,
    member: CommitteeMember,
    by: Actor,
    verdict: str,
    score: Decimal,
    comment: str = "",
) -> Opinion:
    """A member gives, or changes, their opinion on a need."""
    locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if reasons := rules.missing_to_opine(locked):
        raise Refused(*reasons)
    if Recusal.objects.filter(member=member, need=decision.need_id).exists():
        raise Refused("Vous vous êtes mis en retrait de ce dossier.")
    opinion, _ = Opinion.objects.update_or_create(
        member=member,
        need_id=decision.need_id,
        defaults={"verdict": verdict, "score": score, "comment": comment, "at": timezone.now()},
    )
    record(opinion, "opine", by=by)
    return opinion


def decide(
    decision: Decision, *, by: Actor, verdict: str, letter: str, seen: int | None = None
) -> Decision:
    """The decision is taken, and stays inside until it is announced."""
    changes = {"verdict": verdict, "letter": letter, "decided_at": timezone.now()}
    return apply(
        decision, "decide", by=by, seen=seen, check=rules.missing_to_decide, changes=changes
    )


@transaction.atomic
def announce(decision: Decision, *, by: Actor, seen: int | None = None) -> Decision:
    """The association is told; from now on a favourable need looks for its expert."""
    changes = {"announced_at": timezone.now()}
    apply(decision, "announce", by=by, seen=seen, check=rules.missing_to_announce, changes=changes)
    emails.announced(decision)
    return decision


def name_chair(member: CommitteeMember, *, by: Actor) -> CommitteeMember:
    """One member chairs the committee."""
    with transaction.atomic():
        CommitteeMember.objects.filter(call=member.call_id).update(chair=False)
        CommitteeMember.objects.filter(pk=member.pk).update(chair=True)
        record(member, "name_chair", by=by)
    member.chair = True
    return member
