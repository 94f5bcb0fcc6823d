"""`explor demo`: load the demonstration data, load them anew, or run the site with these data."""

import fcntl
import os
import time
import urllib.error
import urllib.request
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from explor.site.config.children import die_with_parent

from . import framework, ports, serve, tools, worker
from .failure import Failure
from .migrate import bring_up
from .supervisor import Stopped, stoppable, supervise

HOST = "127.0.0.1"
PATIENCE = 180  # seconds allowed for the site to respond


def declare(commands: Any) -> None:
    parser = commands.add_parser("demo", help="la saison de démonstration")
    verbs = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    load = verbs.add_parser("load", help="charger la saison (sans effet si elle y est)")
    load.add_argument("--seed", type=int, default=1, help="même graine, même saison (1)")
    load.set_defaults(run=run_load)
    reset = verbs.add_parser("reset", help="effacer la saison et la charger de nouveau")
    reset.set_defaults(run=run_reset)
    run = verbs.add_parser("run", help="base, saison, site et tâches, jusqu’à Ctrl-C")
    run.add_argument("--port", type=int, help="port d’écoute (PORT, ou 8000)")
    run.set_defaults(run=run_demo, seed=1)


def run_load(args: Namespace) -> int:
    _demonstration()
    with framework.database():
        from explor.site.demo import season

        _require_no_real_data()
        season.load(seed=args.seed)
    return 0


def run_reset(args: Namespace) -> int:
    _demonstration()
    with framework.database():
        from explor.site.demo import season

        _require_no_real_data()
        season.reset()
    return 0


def run_demo(args: Namespace) -> int:
    """Run the database, the site and its worker until Ctrl-C, then return 0.

    All processes are stopped at the end, even after an error.
    """
    die_with_parent()
    _demonstration()
    try:
        with stoppable():
            _run(args)
    except Stopped:
        pass
    print("Arrêté.", flush=True)
    return 0


def _run(args: Namespace) -> None:
    framework.load()
    from django.conf import settings

    port = args.port or settings.PORT
    ports.require_free(HOST, port)
    with _alone(settings.VAR), framework.any_database():
        from explor.site.demo import season

        if not tools.is_empty():
            _require_no_real_data()
        _say("Mise à niveau de la base...")
        bring_up(verbosity=0)
        _say("Chargement de la saison de démonstration...")
        season.load(seed=args.seed)
        programs = {
            "Le serveur": serve.program(HOST, port, workers=2, log_level="warning"),
            "L’exécutant des tâches": worker.program(concurrency=2),
        }
        welcome = _welcome(f"http://{HOST}:{port}", season.accounts())

        def watch() -> None:
            framework.keep_embedded_server()
            next(welcome, None)

        supervise(programs, watch=watch)


def _welcome(address: str, accounts: list[tuple[str, str, str]]) -> Iterator[None]:
    """Yield None until the site responds, then print its address and accounts and end.

    Args:
        address: the URL of the site.
        accounts: the (role, name, email address) of each account.

    Raises:
        Failure: the site does not respond within `PATIENCE` seconds.
    """
    limit = time.monotonic() + PATIENCE
    while not _answers(address):
        if time.monotonic() > limit:
            raise Failure("Le site ne répond pas : la raison est dite plus haut.")
        yield
    _say(f"\n  Explor est prêt : {address}\n  Entrer d’un clic : {address}/demo/\n")
    for role, name, email in accounts:
        _say(f"  {role:<26} {name:<26} {email}")
    _say("\n  Ctrl-C pour tout arrêter.")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/sante/pret", timeout=2) as answer:  # nosec B310: this machine
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def _alone(var: Path) -> Iterator[None]:
    """Raise Failure if another demonstration runs in the folder `var`, else lock it in the block.

    Two demonstrations would share one database server, which the first to end would stop.
    """
    var.mkdir(parents=True, exist_ok=True)
    with (var / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise Failure("Une démonstration tourne déjà dans ce dossier.") from fault
        yield


def _demonstration() -> None:
    os.environ["EXPLOR_DEMO"] = "1"


def _require_no_real_data() -> None:
    """Raise Failure when the database contains accounts that are not those of a demonstration.

    A demonstration erases all data, lets anybody sign in, and sends no e-mail.
    """
    from explor.ground.accounts.models import Person
    from explor.site.demo import season

    known = Person.objects.filter(email__in=dict(season.ACCOUNTS).values())
    if Person.objects.exists() and not known.exists():
        raise Failure(
            "Cette base a des comptes, qui ne sont pas ceux d’une démonstration : rien n’est "
            "touché. Ôtez DATABASE_URL, ou donnez celle d’une base vide."
        )


def _say(line: str) -> None:
    print(line, flush=True)
