"""`explor worker`: run the background jobs."""

from argparse import Namespace
from typing import Any

from . import framework


def declare(commands: Any) -> None:
    parser = commands.add_parser("worker", help="faire les tâches : courriels, documents, rappels")
    parser.add_argument("--concurrency", type=int, default=2, help="tâches à la fois (2)")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    with framework.database():
        from procrastinate.contrib.django import app

        with app.replace_connector(app.connector.get_worker_connector()) as jobs:  # type: ignore[attr-defined]
            jobs.run_worker(concurrency=args.concurrency, shutdown_graceful_timeout=10)
    return 0
