"""`explor mail`: record that a mail server returned one of our messages."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from . import framework
from .failure import Failure

WRONG, AGAIN = 2, 75  # exit codes; on EX_TEMPFAIL a mail server tries again later


def declare(commands: Any) -> None:
    parser = commands.add_parser("mail", help="noter les messages rendus")
    verbs = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    bounce = verbs.add_parser("bounce", help="lire un avis de non-remise")
    bounce.add_argument("file", metavar="FICHIER", help="le message reçu ; « - » : l’entrée")
    bounce.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Record a bounce message read from a file or standard input; ignore other notifications.

    Raises:
        Failure: the file cannot be read, the message is not a notification, or the database is
            unreachable: the exit code then asks the mail server to retry.
    """
    raw = _read(args.file)
    try:
        message, reason = _record(raw)
    except Failure as failure:
        raise Failure(str(failure), failure.code if failure.code == WRONG else AGAIN) from failure
    if message is None:
        print("Rien à noter : ce n’est pas un échec, ou le message cité n’est pas d’Explor.")
    else:
        print(f"Noté : un message à {message.to} a été rendu ({reason}).")
    return 0


def _record(raw: bytes) -> tuple[Any, str]:
    """Record a bounce; return (message that was returned or None, reason given by the server)."""
    with framework.database():
        from explor.ground.http.actor import SYSTEM
        from explor.ground.mail import bounces
        from explor.ground.mail.actions import record_bounce

        try:
            bounce = bounces.read(raw)
        except bounces.NotANotification as fault:
            raise Failure(
                "ce message n’est pas un avis de non-remise (RFC 3464).", WRONG
            ) from fault
        return record_bounce(bounce, by=SYSTEM), bounce.reason


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as fault:
        raise Failure(f"{name} ne se lit pas ({fault.strerror}).", WRONG) from fault
