"""Functions that add entries to the journal, also while saving a row, and erase names from it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, models, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed, EditConflict
from explor.ground.reference.selectors import verb_label
from explor.ground.ui import hooks
from explor.ground.workflow.bulk import insert_many
from explor.ground.workflow.models import VersionedModel, WorkflowModel
from explor.ground.workflow.table import Workflow

from ..models import Entry
from ..rules import ORIGIN, digest_of, is_intact, rewritten, second_seal_of

T = TypeVar("T", bound=VersionedModel)
G = TypeVar("G", bound=WorkflowModel)
Check = Callable[[Any], Iterable[str]]
# maximum number of concurrent writers that may insert their entry on the same subject first
ATTEMPTS = 100

hooks.define("reactions", "(`app.model.verb`, job): the job is deferred when the verb is journaled")


@transaction.atomic
def transition(
    subject: G,
    verb: str,
    *,
    by: Actor,
    expected_version: int | None = None,
    check: Check | None = None,
    changes: dict[str, Any] | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
    workflow: Workflow | None = None,
) -> G:
    """Apply the transition `verb` of the workflow to `subject`; save `subject` and return it.

    Lock the row, set `changes`, call `check(row)`, save, add a journal entry, defer the jobs.

    Args:
        expected_version: the version of the row that the author saw on the page.
        check: returns the reasons to refuse the action, in French; none to accept it.
        details: more values to write in the journal entry.
        workflow: the workflow to use when a later package adds verbs to the states of the row.

    Raises:
        EditConflict: the row changed since `expected_version`.
        ActionNotAllowed: no such transition, reasons from `check`, or a required reason is blank.
        PermissionDenied: the role may not take the verb.
    """
    row: G = lock(subject, expected_version)
    step = (workflow or row.workflow).transition(row.state, verb, row.state_label)
    if by.role not in step.by:
        raise PermissionDenied(f"{by.role} may not {verb}")
    if step.needs_reason and not reason.strip():
        raise ActionNotAllowed("Un motif est demandé.")
    source = row.state
    _change(row, check, changes)
    if source != step.target:
        row.state, row.state_since = step.target, timezone.now()
    row.save()
    log(row, verb, by=by, source=source, target=row.state, reason=reason, details=details)
    return _mirror(subject, row)


@transaction.atomic
def update(
    subject: T,
    verb: str,
    *,
    by: Actor,
    expected_version: int | None = None,
    check: Check | None = None,
    changes: dict[str, Any] | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> T:
    """Set `changes` on `subject`, save it and return it: like `transition`, without workflow.

    The arguments are those of `transition`. The state does not change, and the role of `by` is not
    checked.

    Raises:
        EditConflict: the row changed since `expected_version`.
        ActionNotAllowed: `check` returns reasons.
    """
    row: T = lock(subject, expected_version)
    _change(row, check, changes)
    row.save()
    log(row, verb, by=by, reason=reason, details=details)
    return _mirror(subject, row)


def lock(subject: T, expected_version: int | None) -> T:
    """Lock the row of `subject` until the end of the transaction, and return it, queried again.

    Raises:
        EditConflict: the row changed since `expected_version`.
    """
    row: T = type(subject)._base_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    if expected_version is not None and expected_version != row.version:
        last = Entry.objects.about(row).last()
        raise EditConflict(
            row.version, f"Dernier acte : {last.name}, {_quoted_verb(last)}." if last else ""
        )
    return row


@transaction.atomic
def log(
    subject: models.Model,
    verb: str,
    *,
    by: Actor,
    source: str = "",
    target: str = "",
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> Entry:
    """Add an entry to the journal about `subject`, and defer the jobs registered for the verb.

    Each subject has its own chain, so that writers on different subjects never wait for each other.

    Args:
        source: the state before the act, "" when the act changes no state.
        target: the state after the act.
    """
    entry = _entry(subject, verb, by)
    entry.source, entry.target, entry.reason = source, target, reason
    entry.details = details or {}
    _append(entry)
    _defer_reactions([subject], verb)
    return entry


@transaction.atomic
def log_created(
    rows: Sequence[models.Model], verb: str, *, by: Actor, details: Sequence[dict[str, Any]] = ()
) -> None:
    """Add the first journal entry of each of many rows, at once; defer the jobs of the verb.

    No other transaction can have an entry on them: this one has just created them.

    Args:
        rows: the rows; the state of those with a workflow is the target of their entry.
        details: the details of the entry of each row, none by default.
    """
    entries = []
    for at, row in enumerate(rows):
        entry = _entry(row, verb, by)
        entry.target = row.state if isinstance(row, WorkflowModel) else ""
        entry.details = details[at] if details else {}
        entry.rank, entry.previous = 1, ORIGIN
        entry.digest = digest_of(entry)
        entries.append(entry)
    insert_many(entries)
    _defer_reactions(rows, verb)


def _entry(subject: models.Model, verb: str, by: Actor) -> Entry:
    """Return an unsaved entry, without its place in the chain of its subject."""
    return Entry(
        at=timezone.now(),
        person=by.person,
        name=by.name,
        role=by.role,
        key=by.key,
        acting_for=by.acting_for,
        kind=subject._meta.label_lower,
        subject=subject.pk,
        verb=verb,
    )


def _append(entry: Entry) -> None:
    """Insert an entry at the end of the chain of its subject.

    The unique rank is the only lock. When another transaction has just inserted the same rank,
    PostgreSQL makes this insert wait until that transaction ends; if it commits, nothing is
    inserted here and the next rank is tried. The wait is necessary: an entry contains the digest of
    the previous entry, which is final only once that entry is committed.

    Raises:
        OperationalError: another writer was first `ATTEMPTS` times.
    """
    lines = Entry.objects.filter(kind=entry.kind, subject=entry.subject).order_by("-rank")
    for _ in range(ATTEMPTS):
        rank, digest = lines.values_list("rank", "digest").first() or (0, ORIGIN)
        entry.rank, entry.previous = rank + 1, digest
        entry.digest = digest_of(entry)
        if _inserted(entry):
            return
    raise OperationalError(f"no rank is left for {entry.kind} {entry.subject}")


def _inserted(entry: Entry) -> bool:
    """Insert the entry and set its id unless its rank is taken; return whether it was inserted."""
    kept = ("id", "transaction")  # the database sets these columns
    fields = [field for field in Entry._meta.concrete_fields if field.name not in kept]
    quote = connection.ops.quote_name
    statement = (
        f"INSERT INTO {quote(Entry._meta.db_table)} "
        f"({', '.join(quote(str(field.column)) for field in fields)}) "
        f"VALUES ({', '.join(['%s'] * len(fields))}) "
        "ON CONFLICT (kind, subject, rank) DO NOTHING RETURNING id"
    )
    values = [field.get_db_prep_save(getattr(entry, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    if row is None:
        return False
    entry.pk, entry._state.adding, entry._state.db = row[0], False, connection.alias
    return True


def _quoted_verb(entry: Entry) -> str:
    return f"« {verb_label(entry.verb, entry.kind)} »"


def _change(row: Any, check: Check | None, changes: dict[str, Any] | None) -> None:
    """Set `changes` on the row, call `check` before the state changes, and increment the version.

    Raises:
        ActionNotAllowed: `check` returns reasons.
    """
    for name, value in (changes or {}).items():
        setattr(row, name, value)
    if reasons := list(check(row)) if check else []:
        raise ActionNotAllowed(*reasons)
    row.version += 1


def _mirror(subject: T, row: T) -> T:
    """Copy the fields of `row`, just saved, to `subject`, the caller's instance; return `subject`.

    The rows prefetched on `subject` are kept.
    """
    for field in row._meta.concrete_fields:
        setattr(subject, field.attname, getattr(row, field.attname))
    return subject


def _defer_reactions(rows: Sequence[models.Model], verb: str) -> None:
    """Defer the jobs registered for a verb on rows of one model."""
    events = {f"{row._meta.label_lower}.{verb}" for row in rows[:1]}
    for job in [job for event, job in hooks.get("reactions") if event in events]:
        for row in rows:
            lock = f"{row._meta.label_lower}:{row.pk}"
            app.configure_task(job, lock=lock).defer(subject=row.pk)


def erase_names(
    entries: models.QuerySet[Entry], erased: Callable[[str], str], *, person: int
) -> int:
    """Erase a person from entries of the journal, and seal these entries again; return how many.

    The digests do not change, so that the chains and the heads stay verifiable. An entry that
    somebody tampered with, or that another key sealed, gets a seal that never verifies: it is still
    reported as altered, but names nobody any more.

    Args:
        entries: the journal entries that may name the person.
        erased: given a text, returns it without the person's name, addresses and telephone.
        person: the primary key of the person; the author of an entry by somebody else is kept.
    """
    count = 0
    for entry in entries.iterator(chunk_size=2000):
        intact = is_intact(entry)
        details = rewritten(entry.details, erased)
        before = (entry.name, entry.acting_for, entry.reason, entry.details)
        entry.name = erased(entry.name) if entry.person == person else entry.name
        entry.acting_for, entry.reason = erased(entry.acting_for), erased(entry.reason)
        entry.details = details
        if before != (entry.name, entry.acting_for, entry.reason, entry.details):
            entry.second_seal = second_seal_of(entry, intact=intact)
            entry.save(update_fields=["name", "acting_for", "reason", "details", "second_seal"])
            count += 1
    return count
