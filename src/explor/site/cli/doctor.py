"""`explor doctor`: what is wrong here, and how to mend it."""

import shutil
import socket
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import framework, ports
from .failure import Failure

EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")
OLDEST = 15


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing looked at. `mend` says what to do when it is wrong, or only worth knowing."""

    what: str
    fine: bool
    said: str
    mend: str = ""
    matters: bool = True


def declare(commands: Any) -> None:
    parser = commands.add_parser("doctor", help="dire ce qui ne va pas et comment y remédier")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    wrong = 0
    for finding in findings():
        wrong += not finding.fine and finding.matters
        mark = "bon" if finding.fine else "FAUX" if finding.matters else "note"
        print(f"{mark:<5} {finding.what:<22} {finding.said}")
        if not finding.fine:
            print(f"{'':<5} {'':<22} -> {finding.mend}")
    print(f"{wrong} point(s) à corriger." if wrong else "Tout va bien.")
    return 1 if wrong else 0


def findings() -> Iterator[Finding]:
    """Every check, those of the database only when there is one."""
    yield python()
    try:
        framework.load()
    except Failure as failure:
        yield Finding(what="réglages", fine=False, said=str(failure), mend="voyez docs/settings.md")
        return
    yield from (look() for look in (folder, port, secrets, mail, browser))
    try:
        with framework.any_database():
            yield from (look() for look in (server, extensions, migrations, journal))
    except Failure as failure:
        yield Finding(
            what="base de données",
            fine=False,
            said=str(failure),
            mend="démarrez le serveur, corrigez DATABASE_URL, ou ôtez-la pour le serveur embarqué",
        )


def python() -> Finding:
    return Finding(
        what="Python",
        fine=sys.version_info >= (3, 11),
        said=sys.version.split()[0],
        mend="installez Python 3.11 ou plus récent, puis make install",
    )


def folder() -> Finding:
    from django.conf import settings

    var = Path(settings.VAR)
    try:
        var.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=var):
            free = shutil.disk_usage(var).free // 10**6
    except OSError as fault:
        mend = f"donnez à ce compte le droit d’écrire dans {var}"
        return Finding(what="dossier des données", fine=False, said=str(fault), mend=mend)
    return Finding(
        what="dossier des données",
        fine=free >= 500,
        said=f"{var}, {free} Mo libres",
        mend="libérez de la place : il en faut 500 Mo",
    )


def port() -> Finding:
    from django.conf import settings

    try:
        ports.require_free("127.0.0.1", settings.PORT)
    except Failure as failure:
        said, mend = str(failure), "sans importance si c’est Explor lui-même"
        return Finding(what="port", fine=False, said=said, mend=mend, matters=False)
    return Finding(what="port", fine=True, said=f"{settings.PORT} est libre")


def secrets() -> Finding:
    from django.conf import settings

    weak = settings.DEVELOPMENT_SECRET in (settings.SECRET_KEY, settings.JOURNAL_KEY)
    return Finding(
        what="clés secrètes",
        fine=not weak,
        said="celles du développement" if weak else "propres à cette installation",
        mend="en production, donnez SECRET_KEY et JOURNAL_KEY (50 caractères au hasard)",
        matters=settings.PRODUCTION,
    )


def mail() -> Finding:
    from django.conf import settings

    if not settings.EMAIL_HOST or "smtp" not in settings.EMAIL_BACKEND:
        return Finding(
            what="courrier",
            fine=False,
            said="aucun serveur : les messages restent lisibles sur place",
            mend="donnez EMAIL_HOST (et EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD)",
            matters=settings.PRODUCTION,
        )
    where = (settings.EMAIL_HOST, settings.EMAIL_PORT)
    try:
        with closing(socket.create_connection(where, timeout=5)):
            return Finding(what="courrier", fine=True, said=f"{where[0]}:{where[1]} répond")
    except OSError as fault:
        said = f"{where[0]}:{where[1]} ne répond pas ({fault})"
        return Finding(
            what="courrier", fine=False, said=said, mend="corrigez EMAIL_HOST, EMAIL_PORT"
        )


def browser() -> Finding:
    found = shutil.which("chromium")
    return Finding(
        what="navigateur (tests)",
        fine=found is not None,
        said=found or "Chromium manque",
        mend="pour les tests de navigateur : apt-get install chromium",
        matters=False,
    )


def server() -> Finding:
    from django.conf import settings
    from django.db import connection

    with connection.cursor() as cursor:
        version = cursor.connection.info.server_version
    where = "embarqué" if settings.EMBEDDED else "celui de DATABASE_URL"
    if settings.PRODUCTION and settings.EMBEDDED:
        mend = "donnez DATABASE_URL : le serveur embarqué est fait pour essayer"
        return Finding(what="PostgreSQL", fine=False, said=where, mend=mend)
    return Finding(
        what="PostgreSQL",
        fine=version >= OLDEST * 10_000,
        said=f"version {version // 10_000}.{version % 10_000}, {where}",
        mend=f"il faut PostgreSQL {OLDEST} ou plus récent",
    )


def extensions() -> Finding:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        missing = set(EXTENSIONS) - {name for (name,) in cursor.fetchall()}
    return Finding(
        what="extensions",
        fine=not missing,
        said=f"il manque {', '.join(sorted(missing))}" if missing else ", ".join(EXTENSIONS),
        mend="lancez explor migrate, sous un compte qui possède la base",
    )


def migrations() -> Finding:
    waiting = framework.waiting_migrations()
    return Finding(
        what="migrations",
        fine=not waiting,
        said=f"{len(waiting)} à appliquer" if waiting else "toutes appliquées",
        mend="lancez explor migrate",
    )


def journal() -> Finding:
    from django.db import ProgrammingError

    from explor.ground.audit.selectors import verify

    mend = "un acte du journal a été touché : rétablissez une sauvegarde (explor restore)"
    try:
        faults = list(verify())
    except ProgrammingError:
        return Finding(what="journal", fine=False, said="absent", mend="lancez explor migrate")
    said = f"{len(faults)} faute(s) : {faults[0]}" if faults else "intact"
    return Finding(what="journal", fine=not faults, said=said, mend=mend)
