"""`explor worker`: run background jobs; restart when their process or the database fails."""

import argparse
import sys
from argparse import Namespace
from typing import Any

from . import framework
from .supervisor import supervise


def declare(commands: Any) -> None:
    parser = commands.add_parser("worker", help="faire les tâches : courriels, documents, rappels")
    parser.add_argument("--concurrency", type=int, default=2, help="tâches à la fois (2)")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    if args.alone:
        return run_alone(args.concurrency)
    with framework.embedded_server():
        programs = {"L’exécutant des tâches": program(args.concurrency)}
        supervise(programs, watch=framework.keep_embedded_server)
    return 0


def program(concurrency: int = 2) -> list[str]:
    """Return the command of the process that runs the jobs, without a supervisor."""
    command = [sys.executable, "-m", "explor.site.cli", "worker", "--alone"]
    return [*command, "--concurrency", str(concurrency)]


def run_alone(concurrency: int) -> int:
    """Run the jobs in this process; wait while the database is unreachable. Return the exit code.

    Raises:
        Failure: the database is empty or lacks migrations.
    """
    framework.load()
    from . import jobs

    jobs.run(concurrency, check=framework.require_up_to_date)
    return 0
