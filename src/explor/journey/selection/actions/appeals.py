"""One request for review by file, and the network's answer."""

from django.db import transaction
from django.utils import timezone

from explor.ground.common.actor import Actor
from explor.ground.common.conflict import Refused
from explor.ground.journal.actions import apply, record

from .. import emails, queries, rules
from ..models import Appeal, Decision
from .decisions import reconsider
from .seats import lock_files


@transaction.atomic
def contest(decision: Decision, *, by: Actor, text: str) -> Appeal:
    """The association asks, once, that a decision be looked at again."""
    locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    days = queries.bylaws_of(locked.need.call).appeal_days
    reasons = rules.missing_to_contest(locked, days, timezone.now())
    if Appeal.objects.filter(need=locked.need_id).exists():
        reasons.append("Un réexamen a déjà été demandé pour ce dossier.")
    if reasons:
        raise Refused(*reasons)
    appeal = Appeal.objects.create(
        need=locked.need, contested=locked.get_verdict_display(), text=text, by=by.name
    )
    record(appeal, "contest", by=by)
    emails.contested(appeal)
    return appeal


@transaction.atomic
def grant(appeal: Appeal, *, by: Actor, reason: str, seen: int | None = None) -> Appeal:
    """The file goes back to the committee."""
    lock_files(Decision.objects.filter(need=appeal.need_id))
    changes = {"answer": reason, "answered_at": timezone.now()}
    apply(appeal, "grant", by=by, seen=seen, changes=changes, reason=reason)
    decision = Decision.objects.get(need=appeal.need_id)
    reconsider(decision, by=by, reason=f"Réexamen accepté : {reason}")
    return appeal


@transaction.atomic
def dismiss(appeal: Appeal, *, by: Actor, reason: str, seen: int | None = None) -> Appeal:
    """The decision stands; the association reads why."""
    changes = {"answer": reason, "answered_at": timezone.now()}
    apply(appeal, "dismiss", by=by, seen=seen, changes=changes, reason=reason)
    emails.dismissed(appeal)
    return appeal
