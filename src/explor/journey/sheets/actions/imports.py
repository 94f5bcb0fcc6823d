"""Import a file of project sheets: read it, create a draft per line, undo the import."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from explor.actors.networks.models import Network
from explor.ground.http.actor import Actor
from explor.ground.http.exceptions import ActionNotAllowed
from explor.ground.imports import actions as imports
from explor.ground.imports.models import ImportKind, LineFilter

from .. import engine, rules, selectors
from ..models import ImportLine, ProjectSheet, SheetImport
from ..states import State
from . import drafts

UNTITLED = engine.UNTITLED
NO_TITLE = "Pas de titre : corrigez la fiche une fois créée, elle ne se publie pas sans lui."


def upload(*, network: Network, name: str, content: bytes, by: Actor) -> SheetImport:
    """Store a file of sheets and queue its reading; a table first needs its columns chosen.

    Args:
        network: the network that imports the file.
        name: the name of the file, whose extension gives its format.
        content: its bytes.
        by: the officer who uploads the file.

    Raises:
        ActionNotAllowed: the format is unknown, or the file cannot be read.
    """
    try:
        kind, mapping = engine.kind_of(name, content)
    except engine.UnreadableSheet as fault:
        raise ActionNotAllowed(str(fault)) from fault
    batch = SheetImport(
        network=network,
        name=name,
        kind=kind,
        columns=mapping.get("columns", []),
        chosen=mapping.get("guessed", {}),
    )
    ending = re.sub(r"[^a-z0-9]", "", name.rpartition(".")[2].lower())[:8] or "bin"
    imports.upload(batch, content=content, ending=ending, by=by)
    if kind != SheetImport.Kind.TABLE:
        imports.read(batch, by=by)
    return batch


def _read(batch: SheetImport) -> Iterator[ImportLine]:
    with batch.file.open("rb") as file:
        content = bytes(file.read())
    readings = engine.readings(batch.kind, content, batch.name, batch.chosen)
    for number, reading in enumerate(readings, 1):
        yield _line(batch, number, reading)


def _line(batch: SheetImport, number: int, reading: engine.Reading) -> ImportLine:
    untitled = [NO_TITLE] if reading.understood and not reading.sheet.title else []
    return ImportLine(
        batch=batch,
        number=number,
        title=(reading.sheet.title or UNTITLED)[:250],
        content=engine.content_of(reading.sheet) if reading.understood else None,
        fields=[
            [report.label, report.outcome, report.text[:200], report.why]
            for report in reading.fields
            if report.outcome in ("understood", "left_out")
        ],
        notes=[*(note.text for note in reading.notes), *untitled],
        source_id=(reading.source_id or "")[:200],
    )


def _duplicate_marker(batch: SheetImport) -> Callable[[Sequence[ImportLine]], None]:
    def mark(lines: Sequence[ImportLine]) -> None:
        _mark_repeated(batch, lines)
        titled = [(line.number, line.title) for line in lines if line.title != UNTITLED]
        similar = selectors.similar_sheets(batch.network_id, titled)
        known = selectors.sheets_by_source(batch.network_id, [line.source_id for line in lines])
        for line in lines:
            if same := known.get(line.source_id):
                _mark_known(line, same)
            elif not line.duplicate and (sheet := similar.get(line.number)):
                lead = f" ({sheet.lead_organisation})" if sheet.lead_organisation else ""
                title = sheet.title if len(sheet.title) < 80 else f"{sheet.title[:79]}…"
                line.duplicate = f"Ressemble à « {title} »{lead}."[:300]

    return mark


def _mark_repeated(batch: SheetImport, lines: Sequence[ImportLine]) -> None:
    """Mark the lines whose source identifier repeats that of an earlier line of the file.

    The identifier of such a line is ignored, so that keeping the line makes a second draft instead
    of replacing the draft of the earlier line.
    """
    former = ImportLine.objects.filter(
        batch=batch, source_id__in={line.source_id for line in lines}
    )
    first = dict(former.exclude(source_id="").values_list("source_id", "number"))
    for line in lines:
        if (
            line.source_id
            and (number := first.setdefault(line.source_id, line.number)) != line.number
        ):
            line.duplicate = f"Même identifiant que la ligne {number} : {line.source_id}."
            line.source_id = ""


def _mark_known(line: ImportLine, sheet: ProjectSheet) -> None:
    """Mark the lines that update a draft, and refuse those whose sheet no import may change."""
    title = f"« {sheet.title[:200]} »"
    if sheet.network_id != line.batch.network_id:
        line.duplicate = f"Déjà publiée par un autre réseau : {title}."
    elif sheet.state == State.PUBLISHED:
        line.duplicate, line.certain = f"Déjà publiée : {title}.", True
    elif sheet.project_id:
        line.duplicate = f"Écrite depuis le dossier de son projet, à corriger là : {title}."
        line.certain = True
    else:
        line.notes = [*line.notes, f"Met à jour la fiche {title}."]


def _make(batch: SheetImport, line: ImportLine) -> dict[str, Any]:
    """Create the draft of a line, or update the draft with the same source identifier.

    A draft that is only updated is not tied to the line, so that undoing the import does not delete
    the draft.
    """
    by = Actor(name="Explor", role="systeme", acting_for=batch.name)
    sheet, origin = engine.sheet_of(line.content), batch.name
    known = selectors.sheets_by_source(batch.network_id, [line.source_id]).get(line.source_id)
    if known and known.network_id == batch.network_id:
        drafts.import_sheet(
            sheet, by=by, network=batch.network, source=origin, source_id=line.source_id
        )
        return {"made": True}
    made = drafts.draft(
        sheet, by=by, network=batch.network, source=origin, source_id=line.source_id
    )
    return {"made": True, "sheet": made}


def _make_many(batch: SheetImport, lines: Sequence[ImportLine]) -> list[dict[str, Any]]:
    """Create the drafts of several lines at once; those that update a draft go one by one."""
    known = selectors.sheets_by_source(batch.network_id, [line.source_id for line in lines])
    new = [line for line in lines if line.source_id not in known]
    made = drafts.draft_many(
        [(engine.sheet_of(line.content), line.source_id) for line in new],
        by=Actor(name="Explor", role="systeme", acting_for=batch.name),
        network=batch.network,
        source=batch.name,
    )
    drafted = {line.pk: sheet for line, sheet in zip(new, made, strict=True)}
    return [
        {"made": True, "sheet": drafted[line.pk]} if line.pk in drafted else _make(batch, line)
        for line in lines
    ]


def _erase(batch: SheetImport, line: ImportLine) -> str:
    """Delete the draft created from an imported line, unless its sheet was once published.

    Such a sheet is kept even when withdrawn, as its URL then answers 410 (gone).

    Returns:
        The title of a sheet that is kept, "" otherwise.
    """
    if line.sheet is None:
        return ""
    erased, _ = ProjectSheet.objects.filter(pk=line.sheet.pk, published_at=None).delete()
    return "" if erased else line.sheet.title


KIND = ImportKind(
    model=SheetImport,
    line_model=ImportLine,
    namespace="sheets",
    templates="sheets/sheet_imports",
    can_import=rules.can_import,
    fields_of=lambda batch: engine.COLUMN_FIELDS,
    missing_to_read=rules.missing_to_read,
    read=_read,
    mark_duplicates=_duplicate_marker,
    make=_make,
    make_many=_make_many,
    erase=_erase,
    facts_of=lambda batch, line: line.fields,
    with_related=("sheet",),
    filters=(
        LineFilter(slug="doubles", label="les doubles possibles", lines=~Q(duplicate="")),
        LineFilter(slug="remarques", label="les remarques", lines=~Q(notes=[])),
        LineFilter(slug="illisibles", label="les illisibles", lines=Q(content__isnull=True)),
    ),
    make_slug="creer",
    make_effect="Chaque ligne gardée devient le brouillon d’une fiche, que vous relirez.",
    make_done="La création commence.",
    undo_effect=(
        "Les fiches créées par cet import sont effacées, sauf celles qui ont été publiées depuis."
    ),
    undo_done="L’import est annulé : ses brouillons s’effacent.",
    sort_label="Sorte",
    nothing_read="Aucune fiche n’a été reconnue dans ce fichier.",
    nothing_to_make=(
        "Aucune ligne n’est à créer : toutes ressemblent à des fiches que vous avez déjà."
    ),
    too_long="Lu jusqu’à la 20 000e fiche : mettez la suite dans un autre fichier.",
    kept_list="Gardées, car elles ont été publiées depuis :",
)


@transaction.atomic
def erase_lines(batch: SheetImport, now: datetime) -> None:
    """Erase the lines, the stored file and the preview of an old import; its sheets stay.

    `now` is unused.
    """
    imports.drop_file(batch)
    batch.lines.all().delete()
    SheetImport.objects.filter(pk=batch.pk).update(file="", preview=[])
