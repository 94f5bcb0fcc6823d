"""Proposing a person for a seat, the triple yes, silence, and the reserve.

Every verb that takes or frees a seat locks the need first, then the proposal, and changes the count
of taken seats in the same transaction.
"""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.ground.common.actor import Actor
from explor.ground.common.conflict import Refused
from explor.ground.common.constraints import refusing
from explor.ground.journal.actions import amend, apply, record
from explor.journey.needs.models import Need
from explor.journey.shortlists.engine import Line, line_of
from explor.journey.shortlists.rules import missing_to_search
from explor.journey.shortlists.selectors import is_selected

from . import emails, rules, selectors
from .models import Answer, Introduction, ReserveEntry


@transaction.atomic
def introduce(
    *,
    need: Need,
    expert: Expert,
    start: date,
    end: date,
    by: Actor,
    message: str = "",
    override: str = "",
    line: Line | None = None,
) -> Introduction:
    """Propose `expert` for a free seat of `need`, and take the seat.

    The ranking is read before the lock; the reasons shown that day are kept with the proposal.

    Args:
        override: why the officer passes over the rules or the ranking.
        line: the person's line of the shortlist when it was already read.

    Raises:
        Refused: no seat is free, the dates do not fit, or `override` is needed and empty.
    """
    line = line or line_of(need, expert)
    need = _locked(need.pk)
    _check_seat(need, expert, start, end)
    against = line.against(start, end)
    if against and not override.strip():
        raise Refused(*against, "Dites pourquoi vous passez outre.")
    reason = override.strip() if against else ""
    values = {"start": start, "end": end, "message": message, "override": reason}
    introduction = _create(need, expert, line, **values)
    Need.objects.filter(pk=need.pk).take_seat()
    ReserveEntry.objects.filter(need=need, expert=expert).delete()
    record(introduction, "introduce", by=by, reason=reason, details={"need": need.pk})
    emails.introduced(introduction)
    return introduction


def _create(need: Need, expert: Expert, line: Line, **values: Any) -> Introduction:
    with refusing(Introduction):
        return Introduction.objects.create(
            need=need,
            expert=expert,
            employer=expert.employer,
            answer_by=timezone.now() + timedelta(days=need.network.answer_days),
            score=line.candidate.score,
            reasons=line.as_kept(),
            **values,
        )


def _locked(pk: int) -> Need:
    """Return the need, locked for this transaction against any other act on its seats."""
    related = ("call", "network", "association")
    rows = Need.objects.select_for_update(of=("self",), no_key=True).select_related(*related)
    return rows.get(pk=pk)


def lock_needs(needs: Collection[int]) -> None:
    """Lock these needs for the transaction, always in the same order, before several proposals."""
    rows = Need.objects.select_for_update(no_key=True).filter(pk__in=needs).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _check_seat(need: Need, expert: Expert, start: date, end: date) -> None:
    reasons = missing_to_search(need, is_selected(need))
    reasons += rules.wrong_dates(need, start, end)
    if not need.free_seats:
        reasons.append("Toutes les places de ce besoin sont prises ou proposées.")
    if expert.introductions.agreed().overlapping(start, end).exists():
        reasons.append("Cette personne est déjà engagée à ces dates.")
    if reasons:
        raise Refused(*reasons)


@transaction.atomic
def accept(
    introduction: Introduction,
    *,
    party: str,
    by: Actor,
    seen: int | None = None,
    partner: str = "",
) -> Introduction:
    """Record the yes of one party; with the last yes, the proposal is agreed in the same act.

    `partner` is the opinion of the field partner, which the association gathers.
    """
    _own_voice(by, party)
    apply(introduction, "accept", by=by, seen=seen, check=_can_still(party))
    answer = _answer(introduction, party, by, yes=True, partner=partner)
    emails.answered(introduction, answer)
    if not rules.missing_to_agree(introduction):
        agree(introduction, by=by)
    return introduction


@transaction.atomic
def agree(introduction: Introduction, *, by: Actor) -> Introduction:
    """Engage the person on these dates, on no other mission: all parties have said yes."""
    with refusing(Introduction):
        apply(introduction, "agree", by=by, check=rules.missing_to_agree)
    emails.agreed(introduction)
    return introduction


@transaction.atomic
def decline(
    introduction: Introduction,
    *,
    party: str,
    by: Actor,
    reason: str,
    seen: int | None = None,
) -> Introduction:
    """Record the no of one party: the proposal ends and its seat is free again."""
    _own_voice(by, party)
    _end(introduction, "decline", by=by, seen=seen, reason=reason, check=_can_still(party))
    answer = _answer(introduction, party, by, yes=False, reason=reason)
    emails.declined(introduction, answer)
    return introduction


@transaction.atomic
def lapse(introduction: Introduction, *, by: Actor) -> Introduction:
    """End a proposal left without all its answers: its seat is free again, all are notified."""
    now = timezone.now()
    _end(introduction, "lapse", by=by, check=lambda row: rules.missing_to_lapse(row, now))
    emails.lapsed(introduction)
    return introduction


@transaction.atomic
def recall(
    introduction: Introduction, *, by: Actor, reason: str, seen: int | None = None
) -> Introduction:
    """Take a proposal back before everyone has answered: its seat is free again."""
    changes = {"ending": reason}
    _end(introduction, "recall", by=by, seen=seen, reason=reason, changes=changes)
    emails.recalled(introduction)
    return introduction


@transaction.atomic
def lose(
    introduction: Introduction, *, by: Actor, reason: str, seen: int | None = None
) -> Introduction:
    """Record that the expert will not go: the seat is free, the search opens again."""
    changes = {"ending": reason}
    _end(introduction, "lose", by=by, seen=seen, reason=reason, changes=changes)
    emails.lost(introduction)
    return introduction


@transaction.atomic
def free(introduction: Introduction, *, by: Actor, reason: str) -> Introduction:
    """Free the days of the person and the seat of the need: the mission was cancelled."""
    return _end(introduction, "free", by=by, reason=reason, changes={"ending": reason})


def _end(introduction: Introduction, verb: str, **act: Any) -> Introduction:
    """Take a verb that ends a proposal, and free the seat that it held."""
    _locked(introduction.need_id)
    apply(introduction, verb, **act)
    Need.objects.filter(pk=introduction.need_id).free_seat()
    return introduction


@transaction.atomic
def recount_seats(needs: "QuerySet[Need]") -> int:
    """Set the taken seats of these needs to what their proposals hold.

    For rows that no verb made: a demonstration, an import. Returns how many needs were wrong.
    """
    wrong = list(selectors.miscounted_needs().filter(pk__in=needs.values("pk")))
    for need in wrong:
        Need.objects.filter(pk=need.pk).update(taken_seats=need.held)  # type: ignore[attr-defined]
    return len(wrong)


def move(introduction: Introduction, *, by: Actor, start: date, end: date) -> Introduction:
    """Change the days that the expert is taken: the mission was postponed."""
    with refusing(Introduction):
        return amend(introduction, "move", by=by, changes={"start": start, "end": end})


@transaction.atomic
def keep_in_reserve(
    *, need: Need, expert: Expert, rank: int, until: date, by: Actor
) -> ReserveEntry:
    """Keep `expert` in mind for `need` until a date, should the first be lost."""
    if until < timezone.localdate():
        raise Refused("Cette date est passée.")
    if reasons := missing_to_search(need, is_selected(need)):
        raise Refused(*reasons)
    with refusing(ReserveEntry):
        entry = ReserveEntry.objects.create(need=need, expert=expert, rank=rank, until=until)
    record(entry, "keep_in_reserve", by=by, details={"need": need.pk, "expert": expert.pk})
    return entry


@transaction.atomic
def drop_from_reserve(entry: ReserveEntry, *, by: Actor) -> None:
    """Take someone off the reserve of a need."""
    details = {"need": entry.need_id, "expert": entry.expert_id}
    record(entry, "drop_from_reserve", by=by, details=details)
    entry.delete()


def _own_voice(by: Actor, party: str) -> None:
    """Refuse an answer for another party, but by an officer on the word of someone named."""
    if by.hat != party and not (by.hat == "reseau" and by.acting_for):
        raise PermissionDenied(f"{by.hat} does not speak for {party}")


def _can_still(party: str) -> Callable[[Introduction], list[str]]:
    now = timezone.now()
    return lambda row: rules.missing_to_answer(row, party, now)


def _answer(
    introduction: Introduction,
    party: str,
    by: Actor,
    *,
    yes: bool,
    reason: str = "",
    partner: str = "",
) -> Answer:
    answer = Answer.objects.create(
        introduction=introduction, party=party, yes=yes, by=str(by), reason=reason, partner=partner
    )
    _forget_answers_read(introduction)
    if by.acting_for:
        emails.confirmed(introduction, answer, by)
    return answer


def _forget_answers_read(introduction: Introduction) -> None:
    """Drop the prefetched answers, which no longer hold."""
    getattr(introduction, "_prefetched_objects_cache", {}).pop("answers", None)
