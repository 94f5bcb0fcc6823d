"""Lock, check, write, journal, then tell: the one way a file moves."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import structlog
from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from explor.ground.common import slots
from explor.ground.common.actor import Actor
from explor.ground.common.conflict import Refused, Stale
from explor.ground.common.models import Gated, Tracked
from explor.ground.common.workflow import Workflow
from explor.ground.reference.queries import verb_label

from .models import Entry, Head
from .rules import ORIGIN, digest_of, seal_of

logger = structlog.get_logger(__name__)

T = TypeVar("T", bound=Tracked)
G = TypeVar("G", bound=Gated)
Check = Callable[[Any], Iterable[str]]
CHAIN = 0x4558504C  # advisory lock: one line at a time is added to the chain

slots.offer("reactions", "(`label.verb`, job) pairs: jobs deferred when a verb is journaled")


@transaction.atomic
def apply(
    subject: G,
    verb: str,
    *,
    by: Actor,
    seen: int | None = None,
    check: Check | None = None,
    changes: dict[str, Any] | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
    workflow: Workflow | None = None,
) -> G:
    """Take `verb` on `subject` through its workflow and return the row as it now stands.

    The row is locked, the version `seen` compared (`Stale`), the table asked (`Refused`, or
    `PermissionDenied` when the hat may not), `check(row)` read for reasons not to (`Refused`),
    then `changes` are written, the act journaled, and the jobs that react to it deferred.
    `workflow` is the table of a later capability that owns some verbs of the same states.
    """
    row: G = _locked(subject, seen)
    transition = (workflow or row.workflow).transition(row.state, verb)
    if by.hat not in transition.by:
        raise PermissionDenied(f"{by.hat} may not {verb}")
    if transition.needs_reason and not reason.strip():
        raise Refused("Un motif est demandé.")
    source = row.state
    _change(row, check, changes)
    if source != transition.target:
        row.state, row.state_since = transition.target, timezone.now()
    row.save()
    record(row, verb, by=by, source=source, target=row.state, reason=reason, details=details)
    return _mirror(subject, row)


@transaction.atomic
def amend(
    subject: T,
    verb: str,
    *,
    by: Actor,
    seen: int | None = None,
    check: Check | None = None,
    changes: dict[str, Any] | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> T:
    """Like `apply` for a verb that changes a row without moving it through a gate."""
    row: T = _locked(subject, seen)
    _change(row, check, changes)
    row.save()
    record(row, verb, by=by, reason=reason, details=details)
    return _mirror(subject, row)


@transaction.atomic
def record(
    subject: models.Model,
    verb: str,
    *,
    by: Actor,
    source: str = "",
    target: str = "",
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> Entry:
    """Add a line to the journal about `subject`, and defer the jobs that react to the verb."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN])
    previous = Entry.objects.order_by("-pk").values_list("digest", flat=True).first()
    entry = Entry(
        at=timezone.now(),
        person=by.person,
        name=by.name,
        hat=by.hat,
        key=by.key,
        acting_for=by.acting_for,
        kind=subject._meta.label_lower,
        subject=subject.pk,
        verb=verb,
        source=source,
        target=target,
        reason=reason,
        details=details or {},
        previous=previous or ORIGIN,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    _tell(subject, verb)
    return entry


def _locked(subject: Any, seen: int | None) -> Any:
    row = type(subject)._base_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    if seen is not None and seen != row.version:
        last = Entry.objects.about(row).last()
        raise Stale(row.version, f"Dernier acte : {last.name}, {_told(last)}." if last else "")
    return row


def _told(entry: Entry) -> str:
    return f"« {verb_label(entry.verb, entry.kind)} »"


def _change(row: Any, check: Check | None, changes: dict[str, Any] | None) -> None:
    """Set the changes, then ask what speaks against the act, the state being still the old one."""
    for name, value in (changes or {}).items():
        setattr(row, name, value)
    if reasons := list(check(row)) if check else []:
        raise Refused(*reasons)
    row.version += 1


def _mirror(subject: T, row: T) -> T:
    """Show the caller's instance what was written, without losing what it has prefetched."""
    for field in row._meta.concrete_fields:
        setattr(subject, field.attname, getattr(row, field.attname))
    return subject


def _tell(subject: models.Model, verb: str) -> None:
    event = f"{subject._meta.app_label}.{subject._meta.model_name}.{verb}"
    for wanted, job in slots.filled("reactions"):
        if wanted == event:
            lock = f"{subject._meta.label_lower}:{subject.pk}"
            app.configure_task(job, lock=lock).defer(subject=subject.pk)


def keep_head() -> None:
    """Set down today's length and last digest of the chain, and tell them to the logs."""
    if last := Entry.objects.order_by("-pk").first():
        today = timezone.localdate()
        head = Head(day=today, last=last.pk, count=Entry.objects.count(), digest=last.digest)
        head.seal = seal_of(head)
        head.save()
        logger.info("journal_head", day=str(today), count=head.count, digest=head.digest)
