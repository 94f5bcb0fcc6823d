"""Verbs on appeals against decisions (one at most for each need): file, grant, uphold."""

from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.journey.committees.selectors import bylaws_of

from .. import emails, rules, selectors
from ..models import Appeal, Decision
from .decisions import reconsider
from .locks import lock_needs, refuse_tied


@transaction.atomic
def request_review(decision: Decision, *, by: Actor, text: str) -> Appeal:
    """Record the appeal of an association against a decision, the only one allowed for a need.

    The network is notified.

    Raises:
        ActionNotAllowed: the decision is not open to appeal, the deadline is past, or the need
            already has an appeal.
    """
    locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    bylaws = bylaws_of(locked.need.call)
    reasons = rules.missing_to_request_review(locked, bylaws, timezone.now())
    if reasons := reasons + selectors.missing_first_review(locked.need_id):
        raise ActionNotAllowed(*reasons)
    appeal = Appeal.objects.create(
        need=locked.need, contested=locked.get_verdict_display(), text=text, by=by.name
    )
    audit.log(appeal, "request_review", by=by)
    emails.review_requested(appeal)
    return appeal


@transaction.atomic
def grant(appeal: Appeal, *, by: Actor, reason: str, expected_version: int | None = None) -> Appeal:
    """Grant an appeal: send the need back to the committee, and notify the association.

    Raises:
        ActionNotAllowed: the appeal is answered already, `reason` is blank, the need cannot go back
            (`rules.missing_to_reconsider`), or the officer acts or works for the association.
        EditConflict: the appeal changed since `expected_version`.
        PermissionDenied: `by` is not an officer.
    """
    refuse_tied(appeal.need, by=by)
    lock_needs([appeal.need_id])
    changes = {"answer": reason, "answered_at": timezone.now()}
    audit.transition(
        appeal, "grant", by=by, expected_version=expected_version, changes=changes, reason=reason
    )
    decision = Decision.objects.get(need=appeal.need_id)
    reconsider(decision, by=by, reason=f"Réexamen accepté : {reason}")
    return appeal


@transaction.atomic
def uphold(
    appeal: Appeal, *, by: Actor, reason: str, expected_version: int | None = None
) -> Appeal:
    """Reject an appeal: the decision does not change; the association is sent the reason.

    Raises:
        ActionNotAllowed: the appeal is answered already, `reason` is blank, or the officer acts or
            works for the association.
        EditConflict: the appeal changed since `expected_version`.
        PermissionDenied: `by` is not an officer.
    """
    refuse_tied(appeal.need, by=by)
    changes = {"answer": reason, "answered_at": timezone.now()}
    audit.transition(
        appeal, "uphold", by=by, expected_version=expected_version, changes=changes, reason=reason
    )
    emails.upheld(appeal)
    return appeal
