"""Bringing sheets in together: read by a job, shown, made by a job, undone as a whole."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from procrastinate.contrib.django import app

from explor.actors.networks.models import Network
from explor.ground.common.actor import SYSTEM, Actor
from explor.ground.common.conflict import Refused
from explor.ground.journal.actions import amend, apply, record
from explor.journey.sheets import actions as sheets
from explor.journey.sheets import engine
from explor.journey.sheets.models import ProjectSheet

from .. import queries, rules
from ..models import ImportLine, SheetImport
from ..states import ImportState

CHUNK = 50
MOST = 20_000  # lines of one file
TOO_LONG = f"Lu jusqu’à la {MOST:,}e fiche : mettez la suite dans un autre fichier.".replace(
    ",", " "
)
UNTITLED = engine.UNTITLED
NO_TITLE = "Pas de titre : corrigez la fiche une fois créée, elle ne se publie pas sans lui."
SOMEBODY_WAITS = 10  # before letters and reactions, whose priority is 0


@transaction.atomic
def upload(*, network: Network, name: str, content: bytes, by: Actor) -> SheetImport:
    """Keep the file and guess what it is; all but a table, whose columns one chooses, is read."""
    try:
        kind, mapping = engine.kind_of(name, content)
    except engine.UnreadableSheet as fault:
        raise Refused(str(fault)) from fault
    batch = SheetImport(network=network, name=name[:200], kind=kind, mapping=mapping)
    batch.file.save(rules.stored_name(name), ContentFile(content), save=False)
    batch.save()
    record(batch, "upload", by=by, details={"name": name[:200]})
    if kind != SheetImport.Kind.TABLE:
        read(batch, by=by)
    return batch


def read(
    batch: SheetImport, *, by: Actor, mapping: dict[str, str] | None = None, seen: int | None = None
) -> SheetImport:
    """Read the whole file, from its beginning when the columns changed."""
    with transaction.atomic():
        changes: dict[str, Any] = {"stop_asked": False}
        if mapping is not None and mapping != batch.mapping.get("chosen"):
            changes["mapping"] = {**batch.mapping, "chosen": mapping}
            batch.lines.all().delete()
        moved = apply(batch, "read", by=by, seen=seen, check=rules.missing_to_read, changes=changes)
        _defer("directory.read_import", moved)
    return moved


def make(batch: SheetImport, *, by: Actor, seen: int | None = None) -> SheetImport:
    """Make a draft of every line kept."""
    with transaction.atomic():
        changes = {"stop_asked": False}
        moved = apply(batch, "make", by=by, seen=seen, check=rules.missing_to_make, changes=changes)
        _defer("directory.make_sheets", moved)
    return moved


def undo(batch: SheetImport, *, by: Actor, seen: int | None = None) -> SheetImport:
    """Erase the drafts it made; those published since stay, and are told."""
    with transaction.atomic():
        moved = apply(batch, "undo", by=by, seen=seen)
        _defer("directory.erase_drafts", moved)
    return moved


def stop(batch: SheetImport, *, by: Actor) -> SheetImport:
    """Ask the job to stop after the lines it holds; it goes on from there when asked again."""
    return amend(batch, "stop", by=by, changes={"stop_asked": True})


def keep(line: ImportLine, *, by: Actor, wanted: bool) -> None:
    """Make a sheet of a line although it looks like one we have, or not."""
    record(line.batch, "keep", by=by, details={"line": line.number, "wanted": wanted})
    ImportLine.objects.filter(pk=line.pk).update(keep=wanted)


def show(batch: SheetImport, *, notes: Sequence[str] = ()) -> SheetImport:
    """What was read, or made so far, is there to look at."""
    changes = {"total": batch.lines.count(), "notes": list(notes)}
    return apply(batch, "show", by=SYSTEM, changes=changes)


def refuse(batch: SheetImport, why: str) -> SheetImport:
    """Nothing can be made of the file."""
    return apply(batch, "refuse", by=SYSTEM, changes={"notes": [why]})


def finish(batch: SheetImport) -> SheetImport:
    """Every line kept is a sheet."""
    return apply(batch, "finish", by=SYSTEM)


def read_lines(batch: SheetImport) -> None:
    """Read the file by chunks, from where the last run stopped; a chunk is kept whole or not."""
    if batch.state != ImportState.READING:
        return
    done = batch.lines.count()
    try:
        readings = engine.readings(batch.kind, _content(batch), batch.name, batch.chosen)
        wanted = islice(readings, done, MOST)
        while chunk := list(islice(wanted, CHUNK)):
            done = _write(batch, chunk, done)
            if _asked_to_stop(batch):
                break
    except engine.UnreadableSheet as fault:
        refuse(batch, str(fault))
        return
    if done:
        show(batch, notes=[TOO_LONG] if done >= MOST else [])
    else:
        refuse(batch, "Aucune fiche n’a été reconnue dans ce fichier.")


def make_sheets(batch: SheetImport) -> None:
    """Make the drafts by chunks; whatever stops it, the rest is made the next time."""
    if batch.state != ImportState.MAKING:
        return
    while chunk := list(batch.lines.to_make().order_by("number")[:CHUNK]):
        with transaction.atomic():
            for line in chunk:
                _draft(batch, line)
        if _asked_to_stop(batch):
            show(batch)
            return
    finish(batch)


def erase_drafts(batch: SheetImport) -> None:
    """The drafts go; a sheet published since stays, even withdrawn: its address says so."""
    made = ProjectSheet.objects.filter(import_line__batch=batch, published_at=None)
    while numbers := list(made.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        ProjectSheet.objects.filter(pk__in=numbers).delete()


def _write(batch: SheetImport, readings: Iterable[engine.Reading], done: int) -> int:
    lines = [
        ImportLine(
            batch=batch,
            number=done + at,
            title=(reading.sheet.title or UNTITLED)[:250],
            content=engine.content_of(reading.sheet) if reading.understood else None,
            fields=[
                [report.label, report.outcome, report.text[:200], report.why]
                for report in reading.fields
                if report.outcome in ("understood", "left_out")
            ],
            notes=[*(note.text for note in reading.notes), *_untitled(reading)],
        )
        for at, reading in enumerate(readings, 1)
    ]
    with transaction.atomic():
        titled = [(line.number, line.title) for line in lines if line.title != UNTITLED]
        twins = queries.twins_of(titled)
        for line in lines:
            line.twin_id = twins.get(line.number)
        ImportLine.objects.bulk_create(lines)
    return done + len(lines)


def _untitled(reading: engine.Reading) -> list[str]:
    """A line that tells something, but not of what."""
    return [NO_TITLE] if reading.understood and not reading.sheet.title else []


def _draft(batch: SheetImport, line: ImportLine) -> None:
    by = Actor(name="Explor", hat="systeme", acting_for=batch.name)
    made = sheets.draft(
        engine.sheet_of(line.content), by=by, network=batch.network, source=batch.name
    )
    ImportLine.objects.filter(pk=line.pk).update(sheet=made)


def _asked_to_stop(batch: SheetImport) -> bool:
    batch.refresh_from_db(fields=["stop_asked", "version"])
    return batch.stop_asked


def _content(batch: SheetImport) -> bytes:
    with batch.file.open("rb") as file:
        return bytes(file.read())


def _defer(job: str, batch: SheetImport) -> None:
    app.configure_task(job, lock=f"directory.import:{batch.pk}", priority=SOMEBODY_WAITS).defer(
        batch=batch.pk
    )
