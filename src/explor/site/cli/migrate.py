"""`explor migrate`: the database and the static files brought to the level of the code."""

from argparse import Namespace
from typing import Any

from . import assets, framework


def declare(commands: Any) -> None:
    parser = commands.add_parser("migrate", help="mettre à niveau la base et les fichiers du site")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    with framework.any_database():
        bring_up(verbosity=1)
    return 0


def bring_up(*, verbosity: int) -> None:
    """Apply migrations (extensions and the tables of jobs are among them), gather static files."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=verbosity)
    assets.gather(verbosity=verbosity)
