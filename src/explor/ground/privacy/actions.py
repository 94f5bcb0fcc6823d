"""The purge: warn people whose data will soon be erased, erase data whose term is over.

A term is a retention period, see `terms`.

Each row is erased in its own transaction, with the row locked and its term checked again. A killed
purge thus leaves no half-erased row, and the next purge continues.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from explor.ground.audit import actions as audit
from explor.ground.audit.rules import ACCESSES_UNTIL
from explor.ground.http.actor import SYSTEM
from explor.ground.http.exceptions import ActionNotAllowed

from .kinds import Purge, purges
from .models import Notice, PurgeReport
from .terms import duration, notice

logger = structlog.get_logger(__name__)

WARNED = "le préavis court encore"
HELD = "quelqu’un y travaille : à la prochaine nuit"
FAILED = "l’effacement a échoué : voir les journaux du serveur"


@dataclass
class PurgeCounts:
    """The counts of a purge for one kind of data: rows erased, people warned, rows kept."""

    key: str
    label: str
    erased: int = 0
    warned: int = 0
    kept: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """Return the counts as a dictionary for the JSON column of the report."""
        return {**vars(self), "kept": dict(self.kept)}


def purge(*, now: datetime | None = None, dry_run: bool = False) -> PurgeReport:
    """Erase the data whose term is over, and send the notices that are due; return a report.

    Args:
        now: the instant at which terms are evaluated, now by default.
        dry_run: count only. Nothing is written, and the report is not saved.
    """
    now = now or timezone.now()
    report = PurgeReport(started_at=now)
    if dry_run:
        report.lines = [_counted(kind, now).as_json() for kind in purges()]
        return report
    report.save()
    for kind in purges():
        report.lines = [*report.lines, _purged(kind, now).as_json()]
        report.save(update_fields=["lines"])
    report.ended_at = timezone.now()
    with transaction.atomic():
        report.save(update_fields=["ended_at"])
        erased = {line["key"]: line["erased"] for line in report.lines if line["erased"]}
        # The term may be lengthened later: what this purge erased is not missing for that.
        until = {ACCESSES_UNTIL: int((now - duration("accesses")).timestamp())}
        audit.log(report, "purge", by=SYSTEM, details=erased | until)
    return report


def _counted(kind: Purge, now: datetime) -> PurgeCounts:
    counts, due = PurgeCounts(kind.key, kind.label), _keys(kind, now)
    if kind.warn is None:
        counts.erased = len(due)
        return counts
    over = {pk for pk in due if _noticed(kind, pk, now)}
    counts.warned, counts.erased = len(_to_warn(kind, now)), len(over)
    counts.kept[WARNED] = len(due) - len(over)
    counts.kept += Counter()  # removes the zero counts
    return counts


def _purged(kind: Purge, now: datetime) -> PurgeCounts:
    counts = PurgeCounts(kind.key, kind.label)
    if kind.warn is not None:
        _drop_notices(kind, now)
        for pk in _to_warn(kind, now):
            _warn_apart(kind, pk, now, counts)
    for pk in _keys(kind, now):
        if why := _erase(kind, pk, now):
            counts.kept[why] += 1
        else:
            counts.erased += 1
    return counts


def _keys(kind: Purge, now: datetime) -> list[Any]:
    due = kind.due(now - duration(kind.term))
    return list(due.order_by("pk").values_list("pk", flat=True))


def _erase(kind: Purge, pk: Any, now: datetime) -> str:
    """Erase one row unless it must stay; return the reason to keep it in French, "" once erased."""
    try:
        with transaction.atomic():
            row = _locked(kind, pk, now - duration(kind.term))
            if row is None:
                return HELD
            if kind.warn is not None:
                if not _noticed(kind, pk, now):
                    return WARNED
                Notice.objects.filter(key=kind.key, subject=pk).delete()
            kind.erase(row, now)
    except ActionNotAllowed as refusal:
        return str(refusal.reasons[0])
    except Exception:  # whatever the error, continue with the next row
        logger.exception("purge_failed", purge=kind.key, row=str(pk))
        return FAILED
    return ""


def _warn_apart(kind: Purge, pk: Any, now: datetime, counts: PurgeCounts) -> None:
    """Send the notice of one row and count it; an error is logged and does not stop other rows."""
    try:
        counts.warned += _warn(kind, pk, now)
    except Exception:
        logger.exception("notice_failed", purge=kind.key, row=str(pk))
        counts.kept[FAILED] += 1


def _locked(kind: Purge, pk: Any, before: datetime) -> Any:
    """Lock and return a row if its term is still over; None if another transaction holds it."""
    rows = kind.due(before).model._base_manager.select_related(*kind.lock)
    row = rows.select_for_update(skip_locked=True, of=("self", *kind.lock)).filter(pk=pk).first()
    return row if row is not None and kind.due(before).filter(pk=pk).exists() else None


def _noticed(kind: Purge, pk: Any, now: datetime) -> bool:
    """Return whether the person of a row was warned long enough ago to erase the row."""
    sent = Notice.objects.filter(key=kind.key, subject=pk)
    return sent.filter(at__lte=now - notice(kind.term)).exists()


def _soon(kind: Purge, now: datetime) -> Any:
    return kind.due(now - duration(kind.term) + notice(kind.term))


def _to_warn(kind: Purge, now: datetime) -> list[Any]:
    sent = Notice.objects.filter(key=kind.key).values("subject")
    rows = _soon(kind, now).exclude(pk__in=sent)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _drop_notices(kind: Purge, now: datetime) -> None:
    """Delete the notices of rows that are no longer due, since the person was active again."""
    kept = Notice.objects.filter(key=kind.key)
    kept.exclude(subject__in=_soon(kind, now).values("pk")).delete()


@transaction.atomic
def _warn(kind: Purge, pk: Any, now: datetime) -> bool:
    """Send the notice of one row, unless it was already sent; return whether it was sent now."""
    row = _locked(kind, pk, now - duration(kind.term) + notice(kind.term))
    if row is None or kind.warn is None:
        return False
    _, new = Notice.objects.get_or_create(key=kind.key, subject=pk, defaults={"at": now})
    if new:
        kind.warn(row, timezone.localdate(now + notice(kind.term)))
    return new
