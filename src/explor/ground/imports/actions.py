"""Actions on an imported file, and the jobs that read its lines and create or erase records.

To make a line is to create the records that it describes, such as an organisation. No lock is held
while the file is read: lines are inserted by chunks. Where the kind can, lines are made by chunks
too, each in a transaction; otherwise, and when a chunk fails, each line is made in its own, as it
is erased. A killed worker thus leaves no half-made line, and the next run resumes there. A line
that cannot be made is marked as refused, and the job continues with the next line: whatever fails,
an import never stays in a state that only a job leaves.
"""

import secrets
from itertools import islice
from typing import Any, TypeVar

import structlog
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from procrastinate.contrib.django import app

from explor.ground.audit import actions as audit
from explor.ground.http.actor import SYSTEM, Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.workflow.bulk import insert_many, update_many

from . import engine, rules, states
from .models import ImportedFile, ImportedLine, ImportKind, kind_of

logger = structlog.get_logger(__name__)

F = TypeVar("F", bound=ImportedFile)
CHUNK = 500  # lines processed between two checks of `stop_requested`
MOST = 20_000  # maximum number of lines of one file
GONE = "Le fichier envoyé est effacé : envoyez-le de nouveau pour le lire."
UNREAD = "Ce fichier contient une valeur qui ne peut pas être enregistrée."
UNMADE = "Cette ligne n’a pas pu être enregistrée. Corrigez-la et envoyez-la de nouveau."
PRIORITY = 10  # a person waits, so these jobs run before those of priority 0, such as e-mails


@transaction.atomic
def upload(batch: F, *, content: bytes, ending: str, by: Actor) -> F:
    """Store the file under a random name, and save `batch`, a new instance.

    Args:
        batch: the unsaved imported file, with its name, its columns and the guessed fields.
        content: the bytes of the file.
        ending: the extension of the stored file, without its dot.
        by: the actor who uploads the file.

    Raises:
        PermissionDenied: `by` may not import such a file.
    """
    _require(by, batch)
    batch.name = batch.name[-200:]  # the end of the name is the extension
    batch.file.save(f"{secrets.token_hex(16)}.{ending}", ContentFile(content), save=False)
    batch.save()
    audit.log(batch, "upload", by=by, details={"name": batch.name})
    return batch


def read(
    batch: F,
    *,
    by: Actor,
    mapping: dict[str, str] | None = None,
    expected_version: int | None = None,
) -> F:
    """Defer the job that reads the file, from its beginning when `mapping` changes the columns.

    Args:
        batch: the imported file.
        by: the actor who requests the reading.
        mapping: the field chosen for each column, by column name; None keeps the current choice.
        expected_version: the version of `batch` that the actor saw on the page.

    Raises:
        PermissionDenied: `by` may not import this file.
        ActionNotAllowed: the state does not allow it, a column is missing, or the columns change
            after lines were imported.
        EditConflict: the file changed since `expected_version`.
    """
    _require(by, batch)
    changes: dict[str, Any] = {"stop_requested": False}
    anew = mapping is not None and (mapping != batch.chosen or batch.state == states.MAPPING)
    if anew:
        changes["chosen"] = mapping

    def missing(row: ImportedFile) -> list[str]:
        blockers = rules.blockers_of_columns(row) if anew else []
        return blockers + rules.missing_to_read(row)

    with transaction.atomic():
        row = audit.transition(
            batch, "read", by=by, expected_version=expected_version, check=missing, changes=changes
        )
        if anew:
            _lines(row).delete()
        _defer("imports.read", row)
    return row


def make(batch: F, *, by: Actor, expected_version: int | None = None) -> F:
    """Defer the job that creates the records of every line to import.

    Raises:
        PermissionDenied: `by` may not import this file.
        ActionNotAllowed: no line is left to import, or a job is already running on the file.
        EditConflict: the file changed since `expected_version`.
    """
    _require(by, batch)
    changes = {"stop_requested": False}
    with transaction.atomic():
        row = audit.transition(
            batch,
            "make",
            by=by,
            expected_version=expected_version,
            check=rules.missing_to_make,
            changes=changes,
        )
        _defer("imports.make", row)
    return row


def undo(batch: F, *, by: Actor, expected_version: int | None = None) -> F:
    """Defer the job that erases the records created by the import, then its lines and its file.

    Raises:
        PermissionDenied: `by` may not import this file.
        ActionNotAllowed: the state of the import does not allow it.
        EditConflict: the file changed since `expected_version`.
    """
    _require(by, batch)
    with transaction.atomic():
        row = audit.transition(batch, "undo", by=by, expected_version=expected_version)
        _defer("imports.erase", row)
    return row


def stop(batch: F, *, by: Actor) -> F:
    """Ask the running job to stop after its current chunk of lines; `read` or `make` resumes it.

    Raises:
        PermissionDenied: `by` may not import this file.
    """
    _require(by, batch)
    return audit.update(batch, "stop", by=by, changes={"stop_requested": True})


def keep(line: Any, *, by: Actor, wanted: bool) -> None:
    """Save whether a line is to be imported (`wanted`) although it is a likely duplicate.

    Raises:
        PermissionDenied: `by` may not import this file.
        ActionNotAllowed: the line is a certain duplicate, or the lines are already imported.
    """
    _require(by, line.batch)
    if blockers := rules.blockers_of_keep(line):
        raise ActionNotAllowed(*blockers)
    with transaction.atomic():
        _save(line, keep=wanted)
        audit.log(line.batch, "keep", by=by, details={"line": line.number, "wanted": wanted})


def show(batch: F, *, note: str = "") -> F:
    """Move the imported file to the state `read`, in which its page shows its lines.

    Args:
        batch: the imported file, whose job ended or was stopped.
        note: a remark for the user, such as that the file is too long.

    Raises:
        ActionNotAllowed: no job is running on the file.
    """
    changes = {"total": _lines(batch).count(), "note": note}
    return audit.transition(batch, "show", by=SYSTEM, changes=changes)


def refuse(batch: F, *, why: str) -> F:
    """End the import of a file that has no usable line; save the reason `why`, erase the file.

    Raises:
        ActionNotAllowed: the file is not being read.
    """
    with transaction.atomic():
        drop_file(batch)
        return audit.transition(
            batch, "refuse", by=SYSTEM, changes={"note": why, "file": "", "preview": []}
        )


def finish(batch: F) -> F:
    """End the import once every line is imported; erase the stored file.

    Raises:
        ActionNotAllowed: its lines are not being imported.
    """
    with transaction.atomic():
        drop_file(batch)
        return audit.transition(batch, "finish", by=SYSTEM, changes={"file": "", "preview": []})


def read_lines(batch: ImportedFile) -> None:
    """Save the lines of the file by chunks, after those already saved; refuse an unusable file.

    Do nothing unless the state is `reading`. At the end, or on a request to stop, move to the state
    `read`.
    """
    if batch.state != states.READING:
        return
    kind, lines = kind_of(batch), _lines(batch)
    count = lines.count()
    if not _is_stored(batch):
        show(batch, note=GONE) if count else refuse(batch, why=GONE)
        return
    try:
        unread = islice(kind.read(batch), count, MOST)
        mark_duplicates = kind.mark_duplicates(batch)
        while chunk := list(islice(unread, CHUNK)):
            with transaction.atomic():
                mark_duplicates(chunk)
                insert_many(chunk)
            count += len(chunk)
            if _stop_requested(batch):
                break
    except engine.UnreadableSheet as fault:
        refuse(batch, why=str(fault))
        return
    except Exception:
        logger.exception("import_unread", kind=kind.name, batch=batch.pk, read=count)
        refuse(batch, why=UNREAD)
        return
    if count:
        show(batch, note=kind.too_long if count >= MOST else "")
    else:
        refuse(batch, why=kind.nothing_read)


def make_lines(batch: ImportedFile) -> None:
    """Create the records of the remaining lines, by chunks or one by one, until a request to stop.

    Do nothing unless the state is `making`.
    """
    if batch.state != states.MAKING:
        return
    kind = kind_of(batch)
    while chunk := list(_lines(batch).to_make().order_by("number")[:CHUNK]):
        if not _make_chunk(kind, batch, chunk):
            for line in chunk:
                _make_line(kind, batch, line)
        if _stop_requested(batch):
            show(batch, note=batch.note)
            return
    finish(batch)


def _make_chunk(kind: ImportKind, batch: ImportedFile, chunk: list[ImportedLine]) -> bool:
    """Create the records of several lines at once; return False when none is made."""
    if kind.make_many is None:
        return False
    try:
        with transaction.atomic():
            changed: set[str] = set()
            for line, changes in zip(chunk, kind.make_many(batch, chunk), strict=True):
                changed |= changes.keys()
                for name, value in changes.items():
                    setattr(line, name, value)
            update_many(chunk, sorted(changed))
    except Exception:
        logger.info("import_chunk_apart", kind=kind.name, batch=batch.pk, exc_info=True)
        return False
    return True


def _make_line(kind: ImportKind, batch: ImportedFile, line: ImportedLine) -> None:
    """Create the records of one line; mark the line as refused if it cannot be made."""
    try:
        with transaction.atomic():
            _save(line, **kind.make(batch, line))
    except Exception:
        logger.exception("import_line_failed", kind=kind.name, batch=batch.pk, line=line.pk)
        _save(line, content=None, duplicate=UNMADE, certain=True, keep=False)


def erase_lines(batch: ImportedFile) -> None:
    """Erase the records of each line, then the lines and the file.

    The names of the records that cannot be erased are saved in `batch.note`. Do nothing unless the
    state is `undone`.
    """
    if batch.state != states.UNDONE:
        return
    kind, lines = kind_of(batch), _lines(batch)
    kept = []
    for line in lines.select_related(*kind.with_related).order_by("number"):
        try:
            with transaction.atomic():
                kept.append(kind.erase(batch, line))
        except Exception:
            logger.exception("import_line_kept", kind=kind.name, batch=batch.pk, line=line.pk)
            kept.append(line.title)
    if kind.erase_rest is not None:
        kind.erase_rest(batch)
    names = ", ".join(filter(None, kept))
    changes = {"file": "", "preview": [], "note": f"{kind.kept_list} {names}." if names else ""}
    with transaction.atomic():
        drop_file(batch)
        lines.delete()
        audit.update(batch, "undo", by=SYSTEM, changes=changes)


def drop_file(batch: ImportedFile) -> None:
    """Delete the stored file when the transaction commits; the caller clears the field `file`."""
    if batch.file:
        storage, name = batch.file.storage, str(batch.file.name)
        transaction.on_commit(lambda: storage.delete(name), robust=True)


def _is_stored(batch: ImportedFile) -> bool:
    """Return whether the file still exists: it may have been erased for privacy."""
    return bool(batch.file) and batch.file.storage.exists(str(batch.file.name))


def _require(by: Actor, batch: ImportedFile) -> None:
    if not rules.can_import(by, batch):
        raise PermissionDenied(f"{by.role} may not import this file")


def _lines(batch: Any) -> Any:
    return batch.lines.all()


def _save(line: ImportedLine, **changes: Any) -> None:
    type(line)._default_manager.filter(pk=line.pk).update(**changes)


def _stop_requested(batch: ImportedFile) -> bool:
    batch.refresh_from_db(fields=["stop_requested", "version"])
    return batch.stop_requested


def _defer(job: str, batch: ImportedFile) -> None:
    kind = kind_of(batch).name
    task = app.configure_task(job, lock=f"imports.{kind}:{batch.pk}", priority=PRIORITY)
    task.defer(kind=kind, batch=batch.pk)
