"""Export of the personal data of a person: a job writes one ZIP file, row by row."""

import json
from collections.abc import Iterable
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import structlog
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from procrastinate.contrib.django import app

from explor.ground.accounts.models import Person
from explor.ground.audit import actions as audit
from explor.ground.files.models import Document
from explor.ground.files.rules import blockers_of_reading
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.privacy.kinds import OwnData, copies
from explor.ground.ui.days import date_format

from .. import rules
from ..models import Copy, Status

logger = structlog.get_logger(__name__)

CHUNK = 1 << 20
README = """Vos données dans Explor, copiées le {day}.

Un fichier par sorte de données, au format JSON (texte en UTF-8), et vos fichiers dans le dossier
« fichiers ». Vous pouvez les garder ou les remettre à un autre service.

{content}
"""


@transaction.atomic
def request_copy(person: Person, *, by: Actor) -> Copy:
    """Queue the job that exports the data of a person; the new copy replaces the former one.

    Raises:
        ActionNotAllowed: a copy is being made already.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    former = Copy.objects.filter(person=person).first()
    if not rules.can_request_copy(by, former):
        raise ActionNotAllowed("Votre copie se prépare déjà.")
    if former:
        erase_copy(former)
    copy = Copy.objects.create(person=person)
    audit.log(person, "request_copy", by=by)
    app.configure_task("rights.make_copy").defer(copy=copy.pk)
    return copy


def make_copy(pk: int) -> None:
    """Write the ZIP file of a copy, unless a newer request has replaced this one.

    An error marks the copy as failed and is raised again.
    """
    waiting = Copy.objects.filter(pk=pk, status__in=(Status.QUEUED, Status.RUNNING))
    copy = waiting.select_related("person").first()
    if copy is None:
        return
    waiting.update(status=Status.RUNNING)
    try:
        with TemporaryFile() as out:
            _write(out, copy)
            size = out.tell()
            out.seek(0)
            name = default_storage.save(f"copies/{uuid4().hex}.zip", File(out))
    except Exception:
        waiting.update(status=Status.FAILED)
        raise
    done = {"status": Status.READY, "progress": 100, "file": name, "size": size}
    if not waiting.update(**done, ready_at=timezone.now()):
        default_storage.delete(name)


def erase_copy(copy: Copy, now: datetime | None = None) -> None:
    """Delete a copy, and its file once the transaction is committed.

    `now`, passed by the purge, is unused.
    """
    name = str(copy.file.name or "")
    copy.delete()
    if name:
        transaction.on_commit(lambda: default_storage.delete(name), robust=True)


def _write(out: IO[bytes], copy: Copy) -> None:
    every, content = copies(), []
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for number, kind in enumerate(every, 1):
            rows, files = _write_one(archive, kind, copy.person)
            if rows or files:
                content.append(f"- {kind.label} : {rows} lignes, {files} fichiers")
            Copy.objects.filter(pk=copy.pk).update(progress=round(95 * number / len(every)))
        day = date_format(timezone.localdate())
        archive.writestr("LISEZMOI.txt", README.format(day=day, content="\n".join(content)))


def _write_one(archive: ZipFile, kind: OwnData, person: Person) -> tuple[int, int]:
    rows = _write_rows(archive, f"{slugify(kind.label)}.json", kind.rows(person))
    written = 0
    for document in kind.files(person):
        written += _write_file(archive, document)
    return rows, written


def _write_rows(archive: ZipFile, name: str, rows: Iterable[Any]) -> int:
    """Write rows in an archive as a JSON list, one at a time; return how many.

    Nothing is written if there are no rows.
    """
    every = iter(rows)
    if (first := next(every, None)) is None:
        return 0
    count = 1
    with archive.open(name, "w", force_zip64=True) as out:
        out.write(b"[\n" + _json(first))
        for row in every:
            out.write(b",\n" + _json(row))
            count += 1
        out.write(b"\n]\n")
    return count


def _json(row: Any) -> bytes:
    return json.dumps(row, ensure_ascii=False, indent=1, default=str).encode()


def _write_file(archive: ZipFile, document: Document) -> int:
    suffix = str(document.file.name).rpartition(".")[2]
    name = f"fichiers/{document.pk}-{slugify(document.title)}.{suffix}"
    if name in archive.NameToInfo or blockers_of_reading(document):
        return 0
    try:
        content = document.file.open("rb")
    except OSError:
        logger.error("document_missing", document=document.pk)
        return 0
    with content, archive.open(name, "w", force_zip64=True) as out:
        while chunk := content.read(CHUNK):
            out.write(chunk)
    return 1
