"""Introducing an expert, the triple yes, silence, and the reserve."""

from collections.abc import Callable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.ground.common.actor import Actor
from explor.ground.common.conflict import Refused
from explor.ground.common.constraints import refusing
from explor.ground.journal.actions import amend, apply, record
from explor.journey.needs.models import Need

from . import emails, engine, queries, rules
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
) -> Introduction:
    """Propose `expert` for a free seat of `need`; the three parties have until a known date.

    The reasons shown that day are kept with it. An officer who passes over the rules or the
    ranking says why. The need stays locked, so that two officers never take the same seat.
    """
    need = _held_still(need)
    _check_seat(need, expert, start, end)
    line = engine.line_of(need, expert)
    against = line.against(start, end)
    if against and not override.strip():
        raise Refused(*against, "Dites pourquoi vous passez outre.")
    with refusing(Introduction):
        made = Introduction.objects.create(
            need=need,
            expert=expert,
            employer=expert.employer,
            start=start,
            end=end,
            answer_by=timezone.now() + timedelta(days=need.network.answer_days),
            message=message,
            score=line.candidate.score,
            reasons=line.told(),
            override=override.strip() if against else "",
        )
    ReserveEntry.objects.filter(need=need, expert=expert).delete()
    record(made, "introduce", by=by, reason=made.override, details={"need": need.pk})
    emails.introduced(made)
    return made


def _held_still(need: Need) -> Need:
    """The need, locked for this transaction against another officer on the same search."""
    related = ("call", "network", "association")
    locked = Need.objects.select_for_update(of=("self",), no_key=True).select_related(*related)
    return locked.get(pk=need.pk)


def _check_seat(need: Need, expert: Expert, start: date, end: date) -> None:
    reasons = rules.missing_to_search(need, queries.is_selected(need))
    reasons += rules.wrong_dates(need, start, end)
    if need.introductions.holding().count() >= need.seats:
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
    """One party says yes; with the last yes, the introduction is agreed in the same act.

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
    """All parties have said yes: the person is engaged on these dates, and on no other mission."""
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
    """One party says no: the proposal ends and the seat is free again."""
    _own_voice(by, party)
    apply(introduction, "decline", by=by, seen=seen, reason=reason, check=_can_still(party))
    answer = _answer(introduction, party, by, yes=False, reason=reason)
    emails.declined(introduction, answer)
    return introduction


@transaction.atomic
def lapse(introduction: Introduction, *, by: Actor) -> Introduction:
    """The date has passed without all the answers: the proposal is released, and all are told."""
    now = timezone.now()
    apply(introduction, "lapse", by=by, check=lambda row: rules.missing_to_lapse(row, now))
    emails.lapsed(introduction)
    return introduction


@transaction.atomic
def recall(
    introduction: Introduction, *, by: Actor, reason: str, seen: int | None = None
) -> Introduction:
    """The network takes a proposal back before everyone has answered."""
    apply(introduction, "recall", by=by, seen=seen, reason=reason, changes={"ending": reason})
    emails.recalled(introduction)
    return introduction


@transaction.atomic
def lose(
    introduction: Introduction, *, by: Actor, reason: str, seen: int | None = None
) -> Introduction:
    """The expert will not go after all: the seat is free, the search opens again."""
    apply(introduction, "lose", by=by, seen=seen, reason=reason, changes={"ending": reason})
    emails.lost(introduction)
    return introduction


def free(introduction: Introduction, *, by: Actor, reason: str) -> Introduction:
    """The mission was cancelled: the person's days and the seat of the need are free again."""
    return apply(introduction, "free", by=by, reason=reason, changes={"ending": reason})


def move(introduction: Introduction, *, by: Actor, start: date, end: date) -> Introduction:
    """The mission was postponed: these are now the days that the expert is taken."""
    with refusing(Introduction):
        return amend(introduction, "move", by=by, changes={"start": start, "end": end})


@transaction.atomic
def keep_in_reserve(
    *, need: Need, expert: Expert, rank: int, until: date, by: Actor
) -> ReserveEntry:
    """Keep `expert` in mind for `need` until a date, should the first be lost."""
    if until < timezone.localdate():
        raise Refused("Cette date est passée.")
    if reasons := rules.missing_to_search(need, queries.is_selected(need)):
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
    """A party speaks for itself; an officer only on the word of someone named."""
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
    """What was prefetched no longer holds."""
    getattr(introduction, "_prefetched_objects_cache", {}).pop("answers", None)
