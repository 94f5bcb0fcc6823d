"""`explor migrate`: apply every migration and collect the static files."""

from argparse import Namespace
from typing import Any

from . import assets, framework
from .owner import owning


def declare(commands: Any) -> None:
    parser = commands.add_parser("migrate", help="mettre à niveau la base et les fichiers du site")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    with framework.any_database():
        bring_up(verbosity=1)
    return 0


def bring_up(*, verbosity: int) -> None:
    """Apply every migration, create the cache table and collect the static files.

    Migrations also install the PostgreSQL extensions and the tables of jobs."""
    from django.core.management import call_command

    with owning():
        call_command("migrate", interactive=False, verbosity=verbosity)
        call_command("createcachetable", verbosity=verbosity)
    assets.gather(verbosity=verbosity)
