"""Checks of an installation, for `explor doctor` and for the health page.

This module can be imported before Django is set up.
"""

import shutil
import socket
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from explor.ground.ui.amounts import counted, file_size

from .finding import Finding

EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")
OLDEST = 15
RENEWAL = timedelta(days=60)  # margin before the key's certificate expires
ROOM = 500 * 2**20  # minimum number of free bytes on the data disk


def python() -> Finding:
    """Check that Python is recent enough."""
    return Finding(
        what="Python",
        fine=sys.version_info >= (3, 11),
        observed=sys.version.split()[0],
        fix="installez Python 3.11 ou plus récent, puis make install",
    )


def folder() -> Finding:
    """Check that the data folder is writable and its disk has enough free space."""
    var = Path(settings.VAR)
    try:
        var.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=var):
            free = shutil.disk_usage(var).free
    except OSError as fault:
        fix = f"donnez à ce compte le droit d’écrire dans {var}"
        return Finding(what="dossier des données", fine=False, observed=str(fault), fix=fix)
    return Finding(
        what="dossier des données",
        fine=free >= ROOM,
        observed=f"{var}, {file_size(free)} libres",
        fix="libérez de la place : il en faut 500 Mo",
    )


def secrets() -> Finding:
    """Check that the secret keys are not those used in development."""
    weak = settings.DEVELOPMENT_SECRET in (settings.SECRET_KEY, settings.JOURNAL_KEY)
    return Finding(
        what="clés secrètes",
        fine=not weak,
        observed="celles du développement" if weak else "propres à cette installation",
        fix="en production, donnez SECRET_KEY et JOURNAL_KEY (50 caractères au hasard)",
        matters=settings.PRODUCTION,
    )


def strength() -> Finding:
    """Check that no setting is too weak for production, which refuses weak settings."""
    weak = settings.WEAKNESSES
    return Finding(
        what="réglages",
        fine=not weak,
        observed=" ".join(weak) or "assez forts pour la production",
        fix="corrigez-les avant d’ouvrir le site : docs/settings.md",
        matters=settings.PRODUCTION,
    )


def contact() -> Finding:
    """Check that a contact for reports of security vulnerabilities is set."""
    given = settings.EXPLOR_SECURITY_CONTACT
    return Finding(
        what="contact de sécurité",
        fine=bool(given),
        observed=given or "aucun : security.txt renvoie à la page des réseaux",
        fix="donnez EXPLOR_SECURITY_CONTACT, une adresse ou une page",
        matters=False,
    )


def legal_notice() -> Finding:
    """Check that the legal notice names the publisher and the host, as required in production."""
    from explor.ground.ui.legal_notice import missing

    blank = missing()
    return Finding(
        what="mentions légales",
        fine=not blank,
        observed=f"il manque {', '.join(blank)}" if blank else "complètes",
        fix="la loi les demande : docs/settings.md",
        matters=settings.PRODUCTION,
    )


def proxies() -> Finding:
    """Check that production declares its proxy; otherwise all visitors share one rate limit."""
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    return Finding(
        what="mandataires",
        fine=count > 0 or not settings.PRODUCTION,
        observed=f"{count} devant le site",
        fix="derrière un mandataire, donnez EXPLOR_PROXIES : sans lui, tous les visiteurs "
        "partagent les limites d’une seule adresse",
        matters=False,
    )


def seal_key() -> Finding:
    """Check the key that signs documents: valid, private, in a safe folder, not about to expire.

    In development, a missing key passes, since the first signed document creates it.
    """
    from explor.ground.files.engine.keys import SealKeyError, key_path, load_key

    what, path = "clé des documents", key_path()
    created_later = not settings.PRODUCTION and path.is_relative_to(settings.VAR)
    if created_later and not path.exists():
        return Finding(what=what, fine=True, observed="sera créée au premier document émis")
    try:
        left = load_key().expires_at - datetime.now(UTC)
    except SealKeyError as fault:
        fix = "lancez explor key create, ou corrigez EXPLOR_SEAL_KEY, EXPLOR_SEAL_PASSPHRASE"
        return Finding(what=what, fine=False, observed=str(fault), fix=fix)
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        observed, fix = f"{path} s’ouvre à d’autres comptes ({mode:o})", f"chmod 600 {path}"
        return Finding(what=what, fine=False, observed=observed, fix=fix)
    if folder := _unsafe_folder(path):
        fix = "rangez-la dans un dossier à elle, puis donnez EXPLOR_SEAL_KEY"
        return Finding(what=what, fine=False, observed=f"{path} est dans {folder}", fix=fix)
    return Finding(
        what=what,
        fine=left > RENEWAL,
        observed=f"{path}, certificat valable encore {max(left.days, 0)} jours",
        fix="renouvelez-la : explor key create --replace",
    )


def _unsafe_folder(path: Path) -> Path | None:
    """Return the public, backed-up or program folder that contains `path`; None if safe."""
    places = [Path(settings.STATIC_ROOT), Path(settings.MEDIA_ROOT)]
    if not path.is_relative_to(settings.VAR):
        places.append(Path(settings.ROOT))
    return next((place for place in places if path.resolve().is_relative_to(place.resolve())), None)


def mail(*, timeout: float = 5) -> Finding:
    """Check that the mail server answers within `timeout` seconds."""
    if not settings.EMAIL_HOST or "smtp" not in settings.EMAIL_BACKEND:
        return Finding(
            what="courrier",
            fine=False,
            observed="aucun serveur : les messages restent lisibles sur place",
            fix="donnez EMAIL_HOST (et EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD)",
            matters=settings.PRODUCTION,
        )
    where = (settings.EMAIL_HOST, settings.EMAIL_PORT)
    try:
        with closing(socket.create_connection(where, timeout=timeout)):
            return Finding(what="courrier", fine=True, observed=f"{where[0]}:{where[1]} répond")
    except OSError as fault:
        observed = f"{where[0]}:{where[1]} ne répond pas ({fault})"
        return Finding(
            what="courrier", fine=False, observed=observed, fix="corrigez EMAIL_HOST, EMAIL_PORT"
        )


def browser() -> Finding:
    """Check that Chromium, which the browser tests need, is installed."""
    program = shutil.which("chromium")
    return Finding(
        what="navigateur (tests)",
        fine=program is not None,
        observed=program or "Chromium manque",
        fix="pour les tests de navigateur : apt-get install chromium",
        matters=False,
    )


def server() -> Finding:
    """Check that PostgreSQL is recent enough and, in production, is not the embedded server."""
    from django.db import connection

    with connection.cursor() as cursor:
        version = cursor.connection.info.server_version
    where = "embarqué" if settings.EMBEDDED else "celui de DATABASE_URL"
    if settings.PRODUCTION and settings.EMBEDDED:
        fix = "donnez DATABASE_URL : le serveur embarqué est fait pour essayer"
        return Finding(what="PostgreSQL", fine=False, observed=where, fix=fix)
    return Finding(
        what="PostgreSQL",
        fine=version >= OLDEST * 10_000,
        observed=f"version {version // 10_000}.{version % 10_000}, {where}",
        fix=f"il faut PostgreSQL {OLDEST} ou plus récent",
    )


def extensions() -> Finding:
    """Check that the PostgreSQL extensions in `EXTENSIONS` are installed in the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        missing = set(EXTENSIONS) - {name for (name,) in cursor.fetchall()}
    return Finding(
        what="extensions",
        fine=not missing,
        observed=f"il manque {', '.join(sorted(missing))}" if missing else ", ".join(EXTENSIONS),
        fix="lancez explor migrate, sous un compte qui possède la base",
    )


def migrations() -> Finding:
    """Check that every migration is applied."""
    waiting = waiting_migrations()
    return Finding(
        what="migrations",
        fine=not waiting,
        observed=f"{len(waiting)} à appliquer" if waiting else "toutes appliquées",
        fix="lancez explor migrate",
    )


def waiting_migrations() -> list[str]:
    """Return the names of the migrations that are not applied to the database."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def journal(*, complete: bool = True) -> Finding:
    """Check the journal for tampering, completely or only its end.

    The end is the last block and the lines that are in no block yet.
    """
    from django.db import ProgrammingError

    from explor.ground.audit.selectors import verify, verify_end

    fix = (
        "si JOURNAL_KEY a changé, remettez celle d’avant ; sinon quelqu’un a touché au journal : "
        "mettez de côté la base et les repères, puis comparez avec une sauvegarde rétablie ailleurs"
    )
    try:
        faults = list(verify() if complete else verify_end())
    except ProgrammingError:
        return Finding(what="journal", fine=False, observed="absent", fix="lancez explor migrate")
    observed = f"{counted(len(faults), 'faute')} : {faults[0]}" if faults else "intact"
    return Finding(what="journal", fine=not faults, observed=observed, fix=fix)
