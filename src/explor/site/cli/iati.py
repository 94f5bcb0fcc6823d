"""`explor iati validate`: check an IATI file and report in French, without a database."""

import sys
from argparse import Namespace
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .failure import Failure

ALIKE = 3  # maximum number of identical remarks printed; further ones are only counted
WORDS = {"error": "erreur", "warning": "remarque"}


def declare(commands: Any) -> None:
    parser = commands.add_parser("iati", help="contrôler un fichier IATI")
    verbs = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    check = verbs.add_parser("validate", help="schéma, règles et codes d’un fichier IATI 2.03")
    check.add_argument("file", metavar="FICHIER.xml", type=Path)
    check.add_argument(
        "--schemas", metavar="DOSSIER", type=Path, help="dossier des schémas officiels"
    )
    check.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Print each finding with its line number; return 0 if there is no error, 1 otherwise.

    Raises:
        Failure: the file or the schemas cannot be read (exit code 2).
    """
    from explor.engines.formats.iati import UnreadableFile, check_iati

    try:
        today = datetime.now(tz=UTC).date()
        report = check_iati(args.file.read_bytes(), today=today, schemas=args.schemas)
    except UnreadableFile as fault:
        raise Failure(f"{args.file} : {fault}", 2) from fault
    except FileNotFoundError as fault:
        raise Failure(f"{fault.filename or fault} : introuvable.", 2) from fault
    except OSError as fault:
        raise Failure(f"{fault.filename} : ne se lit pas ({fault.strerror}).", 2) from fault
    times: Counter[tuple[str, str]] = Counter()
    for each in report.findings:
        times[each.severity, each.message] += 1
        if each.severity == "error" or times[each.severity, each.message] <= ALIKE:
            where = f"ligne {each.line}" + (f", {each.activity}" if each.activity else "")
            print(f"{where} : {WORDS[each.severity]} {each.rule} : {each.message}")
    for (severity, message), count in times.items():
        if severity != "error" and count > ALIKE:
            print(f"et {count - ALIKE} fois encore : {message}")
    if not report.schema:
        print("Sans --schemas : les règles seules, ni le schéma ni les codes.", file=sys.stderr)
    errors = len(report.errors)
    remarks = len(report.findings) - errors
    counts = {"activité": report.activities, "erreur": errors, "remarque": remarks}
    words = [f"{count} {word}{'s' if count > 1 else ''}" for word, count in counts.items()]
    print(f"{', '.join(words)}.")
    return 1 if errors else 0
