"""`explor mail`: record that a mail server gave one of our messages back."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from . import framework
from .failure import Failure


def declare(commands: Any) -> None:
    parser = commands.add_parser("mail", help="noter les messages rendus")
    verbs = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    bounce = verbs.add_parser("bounce", help="lire un avis de non-remise")
    bounce.add_argument("file", metavar="FICHIER", help="le message reçu ; « - » : l’entrée")
    bounce.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Record the bounce of a file or of the standard input; what is no failure changes nothing."""
    raw = _read(args.file)
    with framework.database():
        from explor.ground.http.actor import SYSTEM
        from explor.ground.mail import bounces
        from explor.ground.mail.actions import record_bounce

        try:
            bounce = bounces.read(raw)
        except bounces.NotANotification as fault:
            raise Failure("ce message n’est pas un avis de non-remise (RFC 3464).", 2) from fault
        message = record_bounce(bounce, by=SYSTEM)
    if message is None:
        print("Rien à noter : ce n’est pas un échec, ou le message cité n’est pas d’Explor.")
    else:
        print(f"Noté : un message à {message.to} a été rendu ({bounce.reason}).")
    return 0


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as fault:
        raise Failure(f"{name} ne se lit pas ({fault.strerror}).", 2) from fault
