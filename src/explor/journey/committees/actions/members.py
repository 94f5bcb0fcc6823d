"""Actions on the members, invitations, bylaws and recusals of a committee, and their locks."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from explor.ground.accounts.actions import end_invitations, end_invitations_to, invite
from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.ui import hooks
from explor.journey.calls.models import Call
from explor.journey.needs.models import Need

from .. import rules, selectors
from ..models import Bylaws, CommitteeMember, Opinion, Recusal
from ..selectors.own import silent_seats

hooks.define("committees:lock", "callable(keys of needs): lock their decisions, in one order")


@transaction.atomic
def join(person: Any, key: str, position: str) -> None:
    """Add a person to a committee, and recuse members from the needs where they have a conflict.

    Args:
        person: who accepted the invitation.
        key: the slug of the call.
        position: "chair" to chair the committee, unless somebody chairs it already; ignored for a
            person who is already a member.

    Raises:
        Call.DoesNotExist: no call has this slug.
    """
    call = lock_call(Call.objects.get(slug=key).pk)
    chair = position == "chair" and not call.committee.filter(chair=True).exists()
    CommitteeMember.objects.get_or_create(call=call, person=person, defaults={"chair": chair})
    recuse_conflicted_members(call)


def lock_call(call: int) -> Call:
    """Lock the row of a call and return it, so that actions on its committee run one at a time."""
    return Call.objects.select_for_update(of=("self",)).get(pk=call)


def lock_needs(needs: Iterable[int]) -> None:
    """Lock the decisions on the needs with these primary keys, always in the same order.

    Other actions on these decisions then wait for the end of the transaction.
    """
    keys = list(needs)
    for lock in hooks.get("committees:lock"):
        lock(keys)


def invite_member(call: Call, *, by: Actor, email: str, name: str = "", position: str = "") -> None:
    """Send an invitation to the committee of a call; `join` adds the person once accepted.

    Args:
        call: the call whose committee the person joins.
        by: who invites.
        email: the address to which the invitation is sent.
        name: first and last name of the person, if known.
        position: "chair" to chair the committee.
    """
    invite(email=email, name=name, position=position, role_type="comite", role_key=call.slug, by=by)


def end_all_invitations(call: Call) -> None:
    """End the invitations to the committee of a call that is about to be deleted."""
    end_invitations_to(role_type="comite", role_key=call.slug)


@transaction.atomic
def set_bylaws(
    bylaws: Bylaws, *, by: Actor, changes: dict[str, Any], expected_version: int | None = None
) -> Bylaws:
    """Change the bylaws of a committee; the first change creates their row.

    Raises:
        ActionNotAllowed: they change how a meeting that is open votes.
        EditConflict: the bylaws changed since `expected_version`.
    """
    lock_call(bylaws.call_id)
    row, _ = Bylaws.objects.get_or_create(call_id=bylaws.call_id)
    return audit.update(
        row,
        "set_bylaws",
        by=by,
        expected_version=expected_version,
        check=selectors.missing_to_set_bylaws,
        changes=changes,
    )


@transaction.atomic
def appoint_chair(member: CommitteeMember, *, by: Actor) -> CommitteeMember:
    """Make a member the chair of the committee; the present chair, if any, stays a member."""
    lock_call(member.call_id)
    CommitteeMember.objects.filter(call=member.call_id, chair=True).update(chair=False)
    CommitteeMember.objects.filter(pk=member.pk).update(chair=True)
    audit.log(member, "appoint_chair", by=by, details={"person": member.person_id})
    member.chair = True
    return member


@transaction.atomic
def remove_member(member: CommitteeMember, *, by: Actor) -> None:
    """Remove a member who gave no opinion, attended no meeting and declared no conflict.

    The recusals for conflicts that Explor detected are deleted with the member, and so are the
    pending invitations to this committee that they received or sent.

    Raises:
        ActionNotAllowed: see `selectors.missing_to_remove`. Otherwise a member invited again could
            judge the needs from which they recused themselves.
    """
    lock_call(member.call_id)
    if reasons := selectors.missing_to_remove(member):
        raise ActionNotAllowed(*reasons)
    audit.log(member, "remove_member", by=by, details={"person": member.person_id})
    end_invitations(member.person, role_type="comite", role_key=member.call.slug)
    member.delete()


@transaction.atomic
def recuse_conflicted_members(call: Call) -> None:
    """Recuse committee members from the undecided needs where they have a known conflict.

    Their opinions on these needs are deleted.
    """
    conflicts = selectors.known_conflicts(call)
    if conflicts:
        lock_needs(
            selectors.needs_before_committee().filter(call=call).values_list("pk", flat=True)
        )
    for each in conflicts:
        member = CommitteeMember.objects.get(pk=each.member)
        _recuse(member, each.need, by=SYSTEM, reason=each.reason, detected=True)


@transaction.atomic
def declare_interests(
    member: CommitteeMember, *, by: Actor, needs: Iterable[int] = (), reason: str = ""
) -> CommitteeMember:
    """Record that a member declares their interests now, and recuse them from `needs`.

    Args:
        needs: primary keys of the needs that the member must not judge; those of other committees
            are ignored.
        reason: why, recorded on each recusal.

    Raises:
        ActionNotAllowed: the committee has already decided on one of the needs.
    """
    linked = selectors.needs_before_committee().filter(pk__in=list(needs), call=member.call_id)
    lock_needs(linked.values_list("pk", flat=True))
    for need in linked:
        recuse(need, member=member, by=by, reason=reason)
    now = timezone.now()
    CommitteeMember.objects.filter(pk=member.pk).update(declared_at=now)
    audit.log(member, "declare_interests", by=by, reason=reason)
    member.declared_at = now
    return member


@transaction.atomic
def recuse(need: Need, *, member: CommitteeMember, by: Actor, reason: str) -> Recusal:
    """Recuse a member from a need: they can no longer read it, and their opinion on it is deleted.

    `reason` is cut to 300 characters. A recusal already recorded keeps its own.

    Raises:
        ActionNotAllowed: the committee has already decided on the need.
    """
    lock_needs([need.pk])
    locked = selectors.needs_before_committee().get(pk=need.pk)
    if not locked.undecided:
        raise ActionNotAllowed(*rules.missing_to_give_opinion(locked))
    return _recuse(member, need.pk, by=by, reason=reason)


def _recuse(
    member: CommitteeMember, need: int, *, by: Actor, reason: str, detected: bool = False
) -> Recusal:
    recusal, created = Recusal.objects.get_or_create(
        member=member, need_id=need, defaults={"reason": reason[:300], "detected": detected}
    )
    withdrawn, _ = Opinion.objects.filter(member=member, need=need).delete()
    if created:
        details = {"member": member.pk, "withdrawn": bool(withdrawn)}
        audit.log(recusal.need, "recuse", by=by, reason=reason, details=details)
    return recusal


def erase_seats(person: Any, *, by: Actor) -> None:
    """Delete an erased person's memberships in committees where they took no part at all.

    Memberships with an opinion, a recusal or an attended meeting stay. `by` is unused, as nothing
    is logged.
    """
    seats = silent_seats(person).values_list("pk", flat=True)
    CommitteeMember.objects.filter(pk__in=list(seats)).delete()
