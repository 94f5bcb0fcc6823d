"""`explor journal`: check that no entry of the journal was changed."""

from argparse import Namespace
from typing import Any

from . import framework


def declare(commands: Any) -> None:
    parser = commands.add_parser("journal", help="vérifier le journal")
    verbs = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    verify = verbs.add_parser("verify", help="refaire la chaîne des empreintes")
    verify.set_defaults(run=run)


def run(args: Namespace) -> int:
    with framework.database():
        from explor.ground.audit.models import Entry
        from explor.ground.audit.selectors import verify

        faults = list(verify())
        for fault in faults:
            print(fault)
        if not faults:
            print(f"Journal intact : {Entry.objects.count()} lignes.")
    return 1 if faults else 0
