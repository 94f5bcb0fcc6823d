"""Who sits, by which rules, and from which files they stand aside."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from explor.ground.common.actor import SYSTEM, Actor
from explor.ground.common.conflict import Refused
from explor.ground.journal.actions import amend, record
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need

from .. import queries, rules
from ..models import Bylaws, CommitteeMember, Decision, Opinion, Recusal
from ..states import State


@transaction.atomic
def sit(person: Any, key: str, role: str) -> None:
    """An invited person sits on the committee of a call; conflicts are looked for at once.

    Someone invited to chair does so only when nobody chairs yet.
    """
    call = lock(Call.objects.get(slug=key).pk)
    chair = role == "chair" and not call.committee.filter(chair=True).exists()
    CommitteeMember.objects.get_or_create(call=call, person=person, defaults={"chair": chair})
    set_aside(call)


def lock(call: int) -> Call:
    """What decides on a call goes one at a time: its envelope, its sessions, its chair."""
    return Call.objects.select_for_update(of=("self",)).get(pk=call)


def lock_files(files: "QuerySet[Decision]") -> None:
    """Files are locked in one order before anything is written: no two acts wait in a circle."""
    list(files.order_by("pk").select_for_update(of=("self",)))


@transaction.atomic
def set_bylaws(
    call: Call, *, by: Actor, changes: dict[str, Any], seen: int | None = None
) -> Bylaws:
    """Change how the committee judges and votes."""
    lock(call.pk)
    bylaws, _ = Bylaws.objects.get_or_create(call=call)
    return amend(bylaws, "set_bylaws", by=by, seen=seen, changes=changes)


@transaction.atomic
def name_chair(member: CommitteeMember, *, by: Actor) -> CommitteeMember:
    """One member chairs the committee, instead of whoever did."""
    lock(member.call_id)
    CommitteeMember.objects.filter(call=member.call_id, chair=True).update(chair=False)
    CommitteeMember.objects.filter(pk=member.pk).update(chair=True)
    record(member, "name_chair", by=by, details={"person": member.person_id})
    member.chair = True
    return member


@transaction.atomic
def dismiss_member(member: CommitteeMember, *, by: Actor) -> None:
    """Someone no longer sits; what they gave as an opinion stays, so they may not leave then."""
    lock(member.call_id)
    if Opinion.objects.filter(member=member).exists() or member.sessions.exists():
        raise Refused("Cette personne a déjà jugé ou siégé : elle reste au comité.")
    record(member, "dismiss_member", by=by, details={"person": member.person_id})
    member.delete()


@transaction.atomic
def set_aside(call: Call) -> None:
    """Set members aside from the files of those to whom Explor knows they are tied."""
    if found := queries.ties(call):
        lock_files(Decision.objects.filter(need__call=call))
    for tie in found:
        member = CommitteeMember.objects.get(pk=tie.member)
        _stand_aside(member, tie.need, by=SYSTEM, reason=tie.reason, found=True)


@transaction.atomic
def declare(
    member: CommitteeMember, *, by: Actor, needs: Iterable[int] = (), reason: str = ""
) -> CommitteeMember:
    """A member says with which files they have a tie, and that they have no other."""
    files = Decision.objects.filter(need__in=list(needs), need__call=member.call_id)
    lock_files(files)
    for decision in files:
        recuse(member, decision.need, by=by, reason=reason)
    now = timezone.now()
    CommitteeMember.objects.filter(pk=member.pk).update(declared_at=now)
    record(member, "declare_ties", by=by, reason=reason)
    member.declared_at = now
    return member


@transaction.atomic
def recuse(member: CommitteeMember, need: Need, *, by: Actor, reason: str) -> Recusal:
    """A member stands aside: they no longer see the file, and their opinion is withdrawn."""
    decision = Decision.objects.select_for_update(of=("self",)).get(need=need)
    if decision.state != State.TO_DECIDE:
        raise Refused(*rules.missing_to_opine(decision))
    return _stand_aside(member, need.pk, by=by, reason=reason)


def _stand_aside(
    member: CommitteeMember, need: int, *, by: Actor, reason: str, found: bool = False
) -> Recusal:
    recusal, made = Recusal.objects.get_or_create(
        member=member, need_id=need, defaults={"reason": reason[:300], "found": found}
    )
    withdrawn, _ = Opinion.objects.filter(member=member, need=need).delete()
    if made:
        details = {"member": member.pk, "withdrawn": bool(withdrawn)}
        record(recusal.need, "recuse", by=by, reason=reason, details=details)
    return recusal
