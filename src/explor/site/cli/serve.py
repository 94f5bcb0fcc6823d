"""`explor serve`: run the web server."""

import sys
from argparse import Namespace
from typing import Any

from explor.site.config.limits import THREADS

from . import framework, ports
from .supervisor import supervise


def declare(commands: Any) -> None:
    parser = commands.add_parser("serve", help="servir le site")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port d’écoute (PORT, ou 8000)")
    parser.add_argument(
        "--workers", type=int, default=2, help="processus, de 4 pages à la fois chacun (2)"
    )
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    with framework.database():
        from django.conf import settings

        port = args.port or settings.PORT
        ports.require_free(args.host, port)
        programs = {"Le serveur": program(args.host, port, args.workers)}
        supervise(programs, watch=framework.keep_embedded_server)
    return 0


# Granian is written in Rust, whose threads have a stack of 2 MiB. Matching needs more when several
# requests build an index at once (the LU of OpenBLAS): beyond that, the process crashes or its
# memory is corrupted. 8 MiB is what Linux gives to the threads of Python. Measured with granian
# 2.8.7, scipy 1.17.1, on 2026-11-30: 14 crashes in 8 runs of 8 s before, none after.
STACK = 8 * 1024 * 1024  # bytes


def program(host: str, port: int, workers: int, log_level: str = "info") -> list[str]:
    """Return the command that starts granian, the web server.

    Granian restarts a worker that ends. It exits when a worker ends twice in six seconds, or when
    none can start: the supervisor then restarts it. Without `--workers-kill-timeout`, it ignores a
    stop requested during its start.
    """
    return [
        *("env", f"RUST_MIN_STACK={STACK}"),
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", host, "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", str(THREADS), "--workers-kill-timeout", "5s"),
        *("--log-level", log_level),
        "--respawn-failed-workers",
        "explor.site.config.wsgi:application",
    ]
