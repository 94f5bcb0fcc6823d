"""Actions on proposals: propose, record or take back answers, end, move, keep in reserve.

An action on a seat locks the need, then the proposal. Those concerned get an email, except after a
change of the mission. An answer raises PermissionDenied for another party; any action raises
ActionNotAllowed when a rule refuses it, EditConflict when `expected_version` is out of date.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from explor.actors.experts.models import Expert
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.workflow.bulk import insert_many
from explor.ground.workflow.constraints import integrity_errors_as
from explor.journey.leave_readings import actions as leave_readings
from explor.journey.leave_readings.models import KeptReading
from explor.journey.needs.models import Need
from explor.journey.shortlists.engine import Line, line_of
from explor.journey.shortlists.rules import missing_to_search
from explor.journey.shortlists.selectors import is_selected

from . import emails, rules
from .engine import leave_of, subjects
from .models import Answer, Proposal, ReserveEntry
from .states import State


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
) -> Proposal:
    """Propose `expert` for a free seat of `need`; take the seat, and remove them from its reserve.

    The ranking is computed before the lock; the reasons that it gives are saved on the proposal.

    Args:
        override: the officer's justification for not following the rules or the ranking.
        line: the expert's shortlist line, if already computed.

    Raises:
        ActionNotAllowed: no seat is free, the need is not selected, the dates do not fit, the
            expert is closed, engaged, proposed already or `by`, or `override` is missing.
    """
    line = line or line_of(need, expert)
    need = _locked(need.pk)
    _check_seat(need, expert, start, end, by)
    against = line.against(start, end)
    if against and not override.strip():
        raise ActionNotAllowed(*against, "Dites pourquoi vous passez outre.")
    reason = override.strip() if against else ""
    proposal = _create(need, expert, line, start=start, end=end, message=message, override=reason)
    Need.objects.filter(pk=need.pk).take_seat()
    ReserveEntry.objects.filter(need=need, expert=expert).delete()
    if read := leave_of(proposal):
        leave_readings.keep(
            read, act=KeptReading.Act.PROPOSE, expert=expert.pk, need=need.pk, start=start, end=end
        )
    audit.log(proposal, "introduce", by=by, reason=reason, details={"need": need.pk})
    emails.introduced(proposal)
    return proposal


def _create(need: Need, expert: Expert, line: Line, **values: Any) -> Proposal:
    with integrity_errors_as(Proposal):
        return Proposal.objects.create(
            need=need,
            expert=expert,
            employer=expert.employer,
            answer_by=rules.time_to_answer(
                timedelta(days=need.network.answer_days), values["start"], timezone.now()
            ),
            score=line.candidate.score,
            reasons=line.as_kept(),
            **values,
        )


def _locked(pk: int) -> Need:
    """Return the need, its row locked so that no other transaction changes its seats."""
    related = ("call", "network", "association")
    rows = Need.objects.select_for_update(of=("self",), no_key=True).select_related(*related)
    return rows.get(pk=pk)


def lock_needs(needs: Collection[int]) -> None:
    """Lock several needs, always in the same order, so that transactions cannot deadlock."""
    rows = Need.objects.select_for_update(no_key=True).filter(pk__in=needs).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _check_seat(need: Need, expert: Expert, start: date, end: date, by: Actor) -> None:
    reasons = rules.own_seat(by, expert) + missing_to_search(need, is_selected(need))
    reasons += rules.blockers_of_dates(need, start, end, timezone.localdate())
    if not need.free_seats:
        reasons.append("Toutes les places de ce besoin sont prises ou proposées.")
    if expert.proposals.agreed().overlapping(start, end).exists():
        reasons.append("Cette personne est déjà engagée à ces dates.")
    if reasons:
        raise ActionNotAllowed(*reasons)


@transaction.atomic
def take_over(
    rows: Sequence[dict[str, Any]], *, by: Actor, details: Sequence[dict[str, Any]]
) -> list[Proposal]:
    """Hold the seats of missions that began before Explor: nobody is asked, no answer is made up.

    Args:
        rows: for each, the need, which counts the seat, the expert, the employer and the days.
        details: the line of the file of each, for the journal.

    Raises:
        ActionNotAllowed: a person is engaged elsewhere on these days.
    """
    held = {"state": State.AGREED, "answer_by": timezone.now()}
    with integrity_errors_as(Proposal):
        proposals = insert_many(Proposal(**held, **fields) for fields in rows)
    audit.log_created(proposals, "take_over", by=by, details=details)
    return proposals


@transaction.atomic
def answer_questions(proposal: Proposal, *, by: Actor, values: dict[str, Any]) -> Proposal:
    """Save the answers of a party to the questions of the leave schemes, by key of their fact.

    The version does not change, so that an open answer form gets no edit conflict.

    Raises:
        ActionNotAllowed: the proposal no longer awaits answers.
    """
    row = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not rules.can_answer_questions(by, row):
        raise ActionNotAllowed("Cette proposition n’attend plus de réponse.")
    leave_readings.answer(subjects(proposal), values, by=by)
    return proposal


@transaction.atomic
def accept(
    proposal: Proposal,
    *,
    party: str,
    by: Actor,
    expected_version: int | None = None,
    partner: str = "",
) -> Proposal:
    """Record the acceptance of one party; the last acceptance makes the proposal agreed.

    `by` is the party, or an officer for it; `partner` reports the opinion of the field partner.
    Raises EditConflict: the proposal changed since `expected_version`.
    """
    _own_voice(by, party, proposal)
    still = _can_still(party)
    audit.transition(
        proposal,
        "accept",
        by=by,
        expected_version=expected_version,
        check=lambda row: still(row) + rules.missing_employer(row),
    )
    answer = _answer(proposal, party, by, yes=True, partner=partner)
    emails.answered(proposal, answer)
    if not rules.missing_to_agree(proposal):
        agree(proposal, by=by)
    return proposal


@transaction.atomic
def agree(proposal: Proposal, *, by: Actor) -> Proposal:
    """Mark the proposal as agreed, once every party accepted; the expert's days are then taken."""
    with integrity_errors_as(Proposal):
        audit.transition(proposal, "agree", by=by, check=rules.missing_to_agree)
    emails.agreed(proposal)
    return proposal


@transaction.atomic
def take_back(
    proposal: Proposal, *, party: str, by: Actor, reason: str, expected_version: int | None = None
) -> Proposal:
    """Erase the acceptance of a party, given or recorded by mistake; the journal keeps it.

    The proposal awaits this answer again and keeps its seat. If the proposal was agreed, a job ends
    the request made to the employer. Raises EditConflict; ActionNotAllowed: later steps need it.
    """
    _own_voice(by, party, proposal)
    lock_needs([proposal.need_id])
    _forget_answers_read(proposal)
    was_agreed = proposal.state == State.AGREED
    given = {each.party: each for each in proposal.answers.all()}.get(party)
    until = rules.time_to_answer_again(proposal, timezone.now())
    audit.transition(
        proposal,
        "take_back",
        by=by,
        expected_version=expected_version,
        reason=reason,
        check=lambda row: rules.missing_to_take_back(row, party),
        changes={"answer_by": until},
        details={"party": party, "by": given.by, "at": str(given.at)} if given else {},
    )
    Answer.objects.filter(proposal=proposal, party=party).delete()
    _forget_answers_read(proposal)
    emails.taken_back(proposal, party, by=by, reason=reason, was_agreed=was_agreed)
    return proposal


@transaction.atomic
def decline(
    proposal: Proposal, *, party: str, by: Actor, reason: str, expected_version: int | None = None
) -> Proposal:
    """Record the refusal of one party: the proposal ends and its seat is free again.

    Raises EditConflict: the proposal changed since `expected_version`.
    """
    _own_voice(by, party, proposal)
    _end(
        proposal,
        "decline",
        by=by,
        expected_version=expected_version,
        reason=reason,
        check=_can_still(party),
    )
    answer = _answer(proposal, party, by, yes=False, reason=reason)
    emails.declined(proposal, answer)
    return proposal


@transaction.atomic
def lapse(proposal: Proposal, *, by: Actor) -> Proposal:
    """End a proposal whose deadline passed before all answers, and free its seat."""
    now = timezone.now()
    _end(proposal, "lapse", by=by, check=lambda row: rules.missing_to_lapse(row, now))
    emails.lapsed(proposal)
    return proposal


@transaction.atomic
def recall(
    proposal: Proposal, *, by: Actor, reason: str, expected_version: int | None = None
) -> Proposal:
    """Cancel a proposal before every party has answered, and free its seat.

    Raises EditConflict: the proposal changed since `expected_version`.
    """
    changes = {"ending": reason}
    _end(
        proposal, "recall", by=by, expected_version=expected_version, reason=reason, changes=changes
    )
    emails.recalled(proposal)
    return proposal


@transaction.atomic
def lose(
    proposal: Proposal, *, by: Actor, reason: str, expected_version: int | None = None
) -> Proposal:
    """Record that the expert of an agreed proposal withdraws; free the seat for a new search.

    Raises EditConflict: the proposal changed since `expected_version`.
    """
    _end(
        proposal,
        "lose",
        by=by,
        expected_version=expected_version,
        reason=reason,
        check=rules.missing_to_lose,
        changes={"ending": reason},
    )
    emails.lost(proposal)
    return proposal


@transaction.atomic
def free(proposal: Proposal, *, by: Actor, reason: str) -> Proposal:
    """Free the expert's days and the seat of the need, after the mission was cancelled."""
    return _end(proposal, "free", by=by, reason=reason, changes={"ending": reason})


def _end(proposal: Proposal, verb: str, **act: Any) -> Proposal:
    """Run `verb`, a transition that ends a proposal, and free the seat of the proposal."""
    _locked(proposal.need_id)
    audit.transition(proposal, verb, **act)
    Need.objects.filter(pk=proposal.need_id).free_seat()
    return proposal


def move(proposal: Proposal, *, by: Actor, start: date, end: date) -> Proposal:
    """Change the dates of an agreed proposal, after its mission was postponed."""
    with integrity_errors_as(Proposal):
        return audit.update(proposal, "move", by=by, changes={"start": start, "end": end})


def name_employer(proposal: Proposal, *, by: Actor) -> Proposal:
    """Make the employer now named by the profile a party to a proposal agreed without employer."""
    return audit.update(
        proposal, "name_employer", by=by, changes={"employer": proposal.expert.employer}
    )


def free_days(proposal: Proposal, *, by: Actor, since: date) -> Proposal:
    """Free the expert's days from the day `since` on; the proposal still holds its seat."""
    return audit.update(proposal, "free_days", by=by, changes={"free_from": since})


def hold_days(proposal: Proposal, *, by: Actor) -> Proposal:
    """Take all the days of the proposal again, after the action that freed them was undone."""
    with integrity_errors_as(Proposal):
        return audit.update(proposal, "hold_days", by=by, changes={"free_from": None})


@transaction.atomic
def keep_in_reserve(
    *, need: Need, expert: Expert, rank: int, until: date, by: Actor
) -> ReserveEntry:
    """Keep `expert` in reserve for a selected `need` until a day not past, once at a time."""
    if until < timezone.localdate():
        raise ActionNotAllowed("Cette date est passée.")
    if reasons := missing_to_search(need, is_selected(need)):
        raise ActionNotAllowed(*reasons)
    # A reserve that has expired is no longer shown anywhere: a new one replaces it.
    ReserveEntry.objects.filter(need=need, expert=expert, until__lt=timezone.localdate()).delete()
    with integrity_errors_as(ReserveEntry):
        entry = ReserveEntry.objects.create(need=need, expert=expert, rank=rank, until=until)
    audit.log(entry, "keep_in_reserve", by=by, details={"need": need.pk, "expert": expert.pk})
    return entry


@transaction.atomic
def drop_from_reserve(entry: ReserveEntry, *, by: Actor) -> None:
    """Remove an expert from the reserve of a need."""
    details = {"need": entry.need_id, "expert": entry.expert_id}
    audit.log(entry, "drop_from_reserve", by=by, details=details)
    entry.delete()


def _own_voice(by: Actor, party: str, proposal: Proposal) -> None:
    """Refuse an answer by an actor who is neither the party nor an officer recording its answer.

    Raises:
        PermissionDenied: `by` is neither the party, nor an officer who records its answer.
        ActionNotAllowed: that officer is the expert of the proposal.
    """
    if by.role != party and not (by.role == "reseau" and by.acting_for):
        raise PermissionDenied(f"{by.role} does not speak for {party}")
    if reasons := rules.own_seat(by, proposal.expert):
        raise ActionNotAllowed(*reasons)


def _can_still(party: str) -> Callable[[Proposal], list[str]]:
    now = timezone.now()
    return lambda row: rules.missing_to_answer(row, party, now)


def _answer(
    proposal: Proposal,
    party: str,
    by: Actor,
    *,
    yes: bool,
    reason: str = "",
    partner: str = "",
) -> Answer:
    answer = Answer.objects.create(
        proposal=proposal, party=party, yes=yes, by=str(by), reason=reason, partner=partner
    )
    _forget_answers_read(proposal)
    if by.acting_for:
        emails.confirmed(proposal, answer, by)
    return answer


def _forget_answers_read(proposal: Proposal) -> None:
    """Discard the prefetched answers, which are out of date."""
    getattr(proposal, "_prefetched_objects_cache", {}).pop("answers", None)


def erase_reasons(expert: Expert) -> None:
    """Erase the texts of a person's proposals and of their answers; delete the reserve entries."""
    proposals = Proposal.objects.filter(expert=expert)
    proposals.update(reasons={}, message="", override="", ending="")
    ReserveEntry.objects.filter(expert=expert).delete()
    Answer.objects.filter(proposal__in=proposals).update(reason="", partner="")
