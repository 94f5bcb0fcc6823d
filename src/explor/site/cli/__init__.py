"""The `explor` command: one module per subcommand, whose `declare` adds its argument parser."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from . import french
from .failure import Failure

# In the order of the help. For speed, modules load Django only when their command runs.
COMMANDS = (
    "serve",
    "worker",
    "migrate",
    "doctor",
    "demo",
    "network",
    "funder",
    "users",
    "mail",
    "key",
    "encryption",
    "backup",
    "restore",
    "purge",
    "journal",
    "sheet",
    "export",
    "iati",
    "match",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand.

    Args:
        argv: the arguments of the command line; those of the process by default.

    Returns:
        The exit code: 0 on success, 1 on failure, 2 for wrong arguments.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["match"]:
        return _match(words[1:])
    args = parser().parse_args(words)
    try:
        return int(args.run(args))
    except Failure as failure:
        print(f"explor : {failure}", file=sys.stderr)
        return failure.code


def parser() -> argparse.ArgumentParser:
    """Return the argument parser of every subcommand except `match`, which has its own parser."""
    french.translate_argparse()
    command_line = argparse.ArgumentParser(
        prog="explor", description="Fait vivre EXPLOR : le site, ses tâches, ses données."
    )
    commands = command_line.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    for name in COMMANDS:
        import_module(f".{name}", __name__).declare(commands)
    return command_line


def _match(words: list[str]) -> int:
    # The matching command has its own parser, and works without a database.
    from explor.engines.matching.files import main as match

    return int(match(words))
