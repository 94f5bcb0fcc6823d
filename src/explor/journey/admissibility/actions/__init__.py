"""Actions on admissibility: review, verdicts, supplements, late submission, documents, notes.

Also the assignment of needs to officers, and the reminders.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from explor.actors.networks.models import Officer
from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.http.sanitize import SanitizedFile
from explor.journey.calls.models import RequestedPaper
from explor.journey.needs import actions as needs
from explor.journey.needs import emails as need_emails
from explor.journey.needs.models import Comment, Need
from explor.journey.needs.rules import barriers, missing_parts
from explor.journey.needs.states import State

from .. import emails, rules, selectors
from ..models import Ground, Note, Review, Supplement, SupplementItem
from ..states import VERDICT
from .papers import hand_paper as hand_paper
from .papers import store_of
from .reminders import remind as remind

Answers = Mapping[str, dict[str, str]]


@transaction.atomic
def judge(
    need: Need, *, by: Actor, answers: Answers, expected_version: int | None = None
) -> Review:
    """Record an officer's answers to the questions that the call asks about a need.

    `answers` holds, by question, a `verdict` ("yes", "no" or "") and a `remark`; questions left out
    keep their answer. The version of the need is checked and incremented, so that two officers
    never overwrite each other's answers.

    Raises:
        ActionNotAllowed: the need awaits no verdict, or the officer is tied to the association.
        EditConflict: the need changed since `expected_version`.
    """

    def missing(row: Need) -> list[str]:
        return rules.missing_to_judge(row) + selectors.interests(by, row)

    audit.update(need, "judge", by=by, expected_version=expected_version, check=missing)
    review, _ = Review.objects.get_or_create(need=need)
    review.answers = {**review.answers, **answers}
    review.save(update_fields=["answers"])
    return review


@transaction.atomic
def accept(need: Need, *, by: Actor, waiver: str = "", expected_version: int | None = None) -> Need:
    """Declare a need admissible and notify its association.

    The journal keeps `waiver`, the reason to set failing rules aside, with their codes.

    Raises:
        ActionNotAllowed: see `rules.blockers_of_accept`, the need awaits no verdict, or the officer
            is tied to the association.
        EditConflict: the need changed since `expected_version`.
    """
    row = _locked(need)
    _refuse_interest(row, by)
    if row.state == State.FILED:
        results = selectors.results_of([row])[row.pk]
        review, _ = Review.objects.get_or_create(need=row)
        questions = rules.questions_of(row.call, results)
        if reasons := rules.blockers_of_accept(results, questions, review.answers, waiver=waiver):
            raise ActionNotAllowed(*reasons)
        if failing := rules.failing(results):
            waived = {"rules": [each.code for each in failing]}
            audit.log(review, "waive", by=by, reason=waiver, details=waived)
    audit.transition(need, "accept", by=by, expected_version=expected_version, workflow=VERDICT)
    emails.accepted(need)
    return need


@transaction.atomic
def reject(
    need: Need, *, by: Actor, ground: str, words: str, expected_version: int | None = None
) -> Need:
    """Declare a need inadmissible and notify its association.

    Args:
        ground: the reason, a value of `Ground`.
        words: the officer's message, added to the reason.

    Raises:
        ActionNotAllowed: see `rules.missing_to_reject`, the need is neither filed nor returned, or
            the officer is tied to the association.
        EditConflict: the need changed since `expected_version`.
    """
    reason = f"{Ground(ground).label}. {words}".strip()
    # Locked before the need, in the same order as `answer` and `extend`, against deadlocks.
    supplement = Supplement.objects.select_for_update().filter(need=need).first()

    def missing(row: Need) -> list[str]:
        return rules.missing_to_reject(row, supplement) + selectors.interests(by, row)

    audit.transition(
        need,
        "reject",
        by=by,
        expected_version=expected_version,
        check=missing,
        reason=reason,
        workflow=VERDICT,
    )
    Review.objects.update_or_create(need=need, defaults={"ground": ground})
    emails.rejected(need, reason)
    return need


@transaction.atomic
def request_changes(
    need: Need,
    *,
    by: Actor,
    message: str,
    answer_by: datetime,
    fields: Mapping[str, str],
    papers: Mapping[RequestedPaper, str],
    expected_version: int | None = None,
) -> Supplement:
    """Send a need back to its association, notified, with a list of what is missing by `answer_by`.

    `message` introduces the list. `fields` says what is missing by name of field, and also makes a
    remark on each; `papers`, by requested document, "" when the document itself is missing.

    Raises:
        ActionNotAllowed: see `rules.missing_to_ask`, or the officer is tied to the association.
        EditConflict: the need changed since `expected_version`.
    """
    row = _locked(need)
    _refuse_interest(row, by)
    requested = Supplement.objects.filter(need=row).exists()
    missing = rules.missing_to_ask(row, len(fields) + len(papers), answer_by, requested=requested)
    if row.state == State.FILED and missing:
        raise ActionNotAllowed(*missing)
    supplement = Supplement(need=need, message=message, answer_by=answer_by, by=str(by))
    reason = _reason_of(supplement, fields, papers)
    audit.transition(
        need,
        "request_changes",
        by=by,
        expected_version=expected_version,
        reason=reason,
        workflow=VERDICT,
    )
    _remember_first_filing(need)
    _ask(supplement, fields, papers, by=by)
    audit.log(supplement, "ask", by=by)
    emails.changes_requested(need, reason)
    return supplement


def _reason_of(
    supplement: Supplement, fields: Mapping[str, str], papers: Mapping[RequestedPaper, str]
) -> str:
    """Return the message of a request for supplements, what is missing and the deadline."""
    on_fields = [f"{rules.label_of(name)} : {text}" for name, text in fields.items()]
    on_papers = [f"{paper} {text}".strip() for paper, text in papers.items()]
    lines = "".join(f"\n- {line}" for line in on_fields + on_papers)
    return f"{supplement.message}\n{lines}\n\nÀ rendre {emails.deadline_sentence(supplement)}."


def _remember_first_filing(need: Need) -> None:
    review, _ = Review.objects.get_or_create(need=need)
    review.filed_first_at = review.filed_first_at or need.filed_at
    review.save(update_fields=["filed_first_at"])


def _ask(
    supplement: Supplement,
    fields: Mapping[str, str],
    papers: Mapping[RequestedPaper, str],
    *,
    by: Actor,
) -> None:
    """Save a request for supplements with its items, and a remark for each text on a field."""
    Comment.objects.bulk_create(
        Comment(need=supplement.need, field=name, text=text, by=by.name)
        for name, text in fields.items()
        if text.strip()
    )
    supplement.save(force_insert=True)
    SupplementItem.objects.bulk_create(
        [
            *(SupplementItem(supplement=supplement, field=f, text=t) for f, t in fields.items()),
            *(SupplementItem(supplement=supplement, paper=p, text=t) for p, t in papers.items()),
        ]
    )


@transaction.atomic
def extend(
    supplement: Supplement, *, by: Actor, answer_by: datetime, expected_version: int | None = None
) -> Supplement:
    """Set a later deadline on a request for supplements, and notify the association.

    Raises:
        ActionNotAllowed: see `rules.missing_to_extend`, or the officer is tied to the association.
        EditConflict: the request changed since `expected_version`.
    """
    former = Supplement.objects.select_for_update().get(pk=supplement.pk).answer_by
    audit.update(
        supplement,
        "extend",
        by=by,
        expected_version=expected_version,
        check=lambda row: rules.missing_to_extend(row, former) + selectors.ties(by, row.need),
        changes={"answer_by": answer_by},
    )
    emails.extended(supplement)
    return supplement


@transaction.atomic
def answer(
    supplement: Supplement,
    *,
    by: Actor,
    answers: Mapping[int, tuple[str, SanitizedFile | None]],
    expected_version: int | None = None,
) -> Supplement:
    """Save an association's answers to a request for supplements; the need is not resubmitted.

    Args:
        answers: the text and the file, if any, by primary key of the item; items left out keep
            their answer, and an item without new file keeps the former one.

    Raises:
        ActionNotAllowed: no supplement is awaited, or a file is refused, see `hand_paper`.
        EditConflict: the answers changed since `expected_version`.
    """
    audit.update(
        supplement,
        "answer",
        by=by,
        expected_version=expected_version,
        check=rules.missing_to_answer,
    )
    for item in supplement.items.select_related("paper").order_by("pk"):
        text, file = answers.get(item.pk, (item.answer, None))
        item.answer = text
        if file is not None:
            item.document = _given(supplement.need, item, file, by)
        item.save(update_fields=["answer", "document"])
    return supplement


@transaction.atomic
def resubmit(supplement: Supplement, *, by: Actor) -> Supplement:
    """Submit a returned need again; its network and association are notified.

    Raises:
        ActionNotAllowed: see `rules.missing_to_resubmit`, a field is blank, or a rule of the call
            fails (unless an officer once submitted the need late).
    """
    changes = {"answered_at": timezone.now()}
    audit.update(supplement, "resubmit", by=by, check=rules.missing_to_resubmit, changes=changes)
    _resubmit(supplement.need, by=by)
    return supplement


def _resubmit(need: Need, *, by: Actor, reason: str = "", late: bool = False) -> None:
    """Change a returned need to filed; refused if a field is blank or a rule fails.

    The rules are evaluated at the date of the first filing. No rule is evaluated when `late`, or
    when an officer already submitted the need late.
    """
    needs.lock_association(need)
    filing = selectors.filings_of([need])[need.pk]

    def missing(row: Need) -> list[str]:
        parts = missing_parts(row, timezone.localdate())
        if late or filing.deadline_waived:  # the officer sets the rules aside when accepting
            return parts
        return parts + barriers(row, others=filing.others, at=filing.at)

    audit.transition(
        need,
        "resubmit",
        by=by,
        check=missing,
        changes={"filed_at": timezone.now()},
        reason=reason,
        workflow=VERDICT,
    )
    need_emails.submitted(need)


def _given(need: Need, item: SupplementItem, file: SanitizedFile, by: Actor) -> Any:
    if item.paper is not None:
        return hand_paper(need, by=by, requested_paper=item.paper, file=file).document
    title = f"{rules.label_of(item.field)} – {need.title}"[:200]
    return store_of(need, file, kind="complement", title=title, by=by)


@transaction.atomic
def note(need: Need, *, by: Actor, text: str) -> Note:
    """Save a note for the other officers of the network; the association never sees it."""
    row = Note.objects.create(need=need, text=text, by=str(by))
    audit.log(row, "note", by=by)
    return row


@transaction.atomic
def submit_late(need: Need, *, by: Actor, reason: str) -> Need:
    """Submit a need on behalf of its association after the call closed; `reason` is required.

    The rules of the call are not checked: an officer sets the failing ones aside when accepting.

    Raises:
        PermissionDenied: `by` is not an officer.
        ActionNotAllowed: `reason` is blank; see `rules.missing_to_submit_late`; the officer is tied
            to the association; the need is neither a draft nor returned; or a supplement has no
            answer, whose deadline is to extend instead.
    """
    if by.role != "reseau":
        raise PermissionDenied("only an officer submits late")
    if not reason.strip():
        raise ActionNotAllowed("Un motif est demandé.")
    if reasons := rules.missing_to_submit_late(need) + selectors.ties(by, need):
        raise ActionNotAllowed(*reasons)
    by = by.on_word_of(need.association.name)
    supplement = Supplement.objects.select_for_update().filter(need=need).first()
    if supplement and (owed := rules.unanswered(supplement)):
        raise ActionNotAllowed(*owed)
    if need.state == State.RETURNED:
        _resubmit(need, by=by, reason=reason, late=True)
    else:
        needs.submit(need, by=by, deadline_waived=True, reason=reason)
    Review.objects.update_or_create(need=need, defaults={"late_reason": reason})
    return need


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The result of an action on one need; `reasons` are why it was refused, empty otherwise."""

    need: Need
    reasons: tuple[str, ...] = ()


def accept_all(lines: Iterable[tuple[Need, int]], *, by: Actor) -> list[Outcome]:
    """Accept needs, each at the version paired with it; return outcomes in order of primary keys.

    A need that is refused, or that changed since its version, does not stop the others.
    """
    return _each(
        lines, lambda need, expected_version: accept(need, by=by, expected_version=expected_version)
    )


def assign_all(
    lines: Iterable[tuple[Need, int]], *, by: Actor, officer: Officer | None
) -> list[Outcome]:
    """Put `officer` (None for nobody) in charge of needs; the rest is that of `accept_all`."""
    return _each(
        lines,
        lambda need, expected_version: needs.assign(
            need, by=by, officer=officer, expected_version=expected_version
        ),
    )


def _each(lines: Iterable[tuple[Need, int]], act: Callable[[Need, int], Any]) -> list[Outcome]:
    """Call `act(need, version)` for each pair, in the order of primary keys; return outcomes."""
    outcomes = []
    for need, expected_version in sorted(lines, key=lambda line: line[0].pk):
        try:
            with transaction.atomic():
                act(need, expected_version)
        except ActionNotAllowed as refusal:
            outcomes.append(Outcome(need=need, reasons=tuple(filter(None, refusal.reasons))))
        else:
            outcomes.append(Outcome(need=need))
    return outcomes


def _refuse_interest(need: Need, by: Actor) -> None:
    if reasons := selectors.interests(by, need):
        raise ActionNotAllowed(*reasons)


def _locked(need: Need) -> Need:
    return selectors.with_all(Need.objects.select_for_update(of=("self",))).get(pk=need.pk)
