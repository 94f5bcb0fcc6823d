"""`explor purge`: erase personal data whose term is over, as the nightly job does."""

from argparse import Namespace
from typing import Any

from . import framework


def declare(commands: Any) -> None:
    parser = commands.add_parser("purge", help="effacer les données arrivées à leur terme")
    parser.add_argument("--dry-run", action="store_true", help="compter sans rien effacer")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    with framework.database():
        from explor.ground.privacy.actions import FAILED, purge
        from explor.ground.privacy.pages import report_rows

        report = purge(dry_run=args.dry_run)
        lines = report_rows(report)
    if lines:
        print("À effacer, sans rien écrire :" if args.dry_run else "Effacé :")
    for line in lines:
        print(f"  {line['label']} : {line['erased']}")
        if line["warned"]:
            print(f"    préavis : {line['warned']}")
        for why, count in line["kept"].items():
            print(f"    à garder : {count} ({why})")
    if not lines:
        print("Rien n’est arrivé à son terme.")
    return 1 if any(FAILED in line["kept"] for line in lines) else 0
