"""`explor sheet`: import project sheets from files, or export them."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import framework
from .failure import Failure
from .output import write

FORMATS = ("md", "json", "jsonld")


def declare(commands: Any) -> None:
    parser = commands.add_parser("sheet", help="lire et écrire des fiches projet")
    verbs = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    bring = verbs.add_parser("import", help="lire des fichiers de fiches, en faire des brouillons")
    bring.add_argument(
        "files",
        metavar="FICHIER",
        nargs="+",
        type=Path,
        help="en Markdown, HTML, CSV, XLSX, ODS, JSON ou IATI",
    )
    bring.add_argument("--publish", action="store_true", help="publier aussitôt")
    bring.add_argument("--network", metavar="NOM", default="", help="réseau de la fiche")
    bring.set_defaults(run=run_import)
    send = verbs.add_parser("export", help="écrire une fiche")
    send.add_argument("slug", metavar="FICHE")
    send.add_argument("--format", choices=FORMATS, default="md")
    send.add_argument("--out", default="-", metavar="FICHIER", help="« - » : à l’écran")
    send.set_defaults(run=run_export)


def run_import(args: Namespace) -> int:
    """Import every file and print how each field was interpreted; skip unreadable sheets.

    The files are read, and their sheets identified, as on the page that imports a file; the columns
    of a table are identified by their headings.

    Returns:
        The exit code: 2 when a file or a sheet was skipped, else 0.
    """
    failed = 0
    with framework.database():
        for path in args.files:
            try:
                failed += _import_file(path, slug=args.network, publish=args.publish)
            except Failure as failure:
                print(f"{path} : {failure}")
                failed += 1
    return 2 if failed else 0


def _import_file(path: Path, *, slug: str, publish: bool) -> int:
    """Import the sheets of a file, each in its own transaction; return how many were skipped."""
    from explor.actors.networks.models import Network
    from explor.journey.sheets import engine

    network = Network.objects.filter(slug=slug).first()
    if slug and network is None:
        raise Failure(f"aucun réseau ne s’appelle « {slug} ».", 2)
    failed = count = 0
    try:
        for count, reading in enumerate(_readings(path), 1):
            try:
                _import(reading, path=path, network=network, publish=publish)
            except Failure as failure:
                print(f"{path}, fiche {count} « {reading.sheet.title or '--'} » : {failure}")
                failed += 1
    except engine.UnreadableSheet as fault:
        raise Failure(str(fault), 2) from fault
    if not count:
        raise Failure("aucune fiche n’est reconnue dans ce fichier.", 2)
    return failed


def _readings(path: Path) -> Iterator[Any]:
    from explor.ground.http.exceptions import ActionNotAllowed
    from explor.journey.sheets import engine

    try:
        content = path.read_bytes()
        kind, details = engine.kind_of(path.name, content)
    except OSError as fault:
        raise Failure(f"le fichier ne se lit pas ({fault.strerror}).", 2) from fault
    except ActionNotAllowed as refusal:
        raise Failure(str(refusal), 2) from refusal
    chosen = details.get("guessed", {})
    if kind == "table" and "title" not in chosen.values():
        raise Failure("aucune colonne ne porte le titre : appelez-la « Titre ».", 2)
    return engine.readings(kind, content, path.name, chosen)


def _import(reading: Any, *, path: Path, network: Any, publish: bool) -> None:
    from django.db import transaction

    from explor.ground.http.actor import Actor
    from explor.ground.http.exceptions import ActionNotAllowed
    from explor.journey.sheets import actions

    if not reading.understood:
        raise Failure("rien n’est compris.", 2)
    by = Actor(name="Ligne de commande", role="administration")
    identity = {"source": path.name, "source_id": (reading.source_id or "")[:200]}
    try:
        with transaction.atomic():
            row, happened = actions.import_sheet(reading.sheet, by=by, network=network, **identity)
            if publish and row.state != "published":
                actions.publish(row, by=by)
    except ActionNotAllowed as refusal:
        raise Failure(str(refusal), 2) from refusal
    print(f"{path} : {reading.sheet.title or 'sans titre'}")
    print(f"  fiche {happened} : {row.slug} ({row.get_state_display()})")
    for report in reading.fields:
        print(f"  {report.label} : {_outcome_of(report)}")
    for note in reading.notes:
        print(f"  remarque{f', ligne {note.line}' if note.line else ''} : {note.text}")


def _outcome_of(report: Any) -> str:
    from explor.engines.formats.sheets import OUTCOMES_FR

    text = " ".join(report.text.split())
    shown = f" « {text[:90]}{'…' if len(text) > 90 else ''} »" if text else ""
    why = f" ({report.why})" if report.why else ""
    return f"{OUTCOMES_FR[report.outcome]}{shown}{why}"


def run_export(args: Namespace) -> int:
    with framework.database():
        from explor.journey.sheets import engine
        from explor.journey.sheets.models import ProjectSheet

        row = ProjectSheet.objects.filter(slug=args.slug).first()
        if row is None:
            raise Failure(f"aucune fiche ne s’appelle « {args.slug} ».", 2)
        write(engine.text_of(engine.sheet_of(row.content), args.format), args.out)
    return 0
