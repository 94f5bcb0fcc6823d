"""Checks of the upkeep of an installation.

They cover jobs, mail, antivirus, backups and their rehearsal, clock, certificate, and the language
of the database.
"""

import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from explor.ground.ui.amounts import counted

from .finding import Finding

LATE = timedelta(minutes=30)  # maximum age of a waiting message
BACKUP_DUE = timedelta(hours=36)
REHEARSAL_DUE = timedelta(days=200)
OFFSET = 2.0  # maximum seconds between the clocks of this machine and of the database
CERTIFICATE_DUE = timedelta(days=14)


def findings() -> Iterator[Finding]:
    """Run the checks that need only a query, a small file or the antivirus; yield their results."""
    yield from (jobs(), scanner(timeout=1), outbox(), backup(), rehearsal(), clock())


def jobs() -> Finding:
    """Check that no job was left as running by a killed worker."""
    from .health import stalled_jobs

    names = list(stalled_jobs().values_list("task_name", flat=True))
    left = counted(len(names), "laissée", "laissées")
    observed = f"{left} en route : {', '.join(sorted(set(names))[:3])}"
    return Finding(
        what="tâches",
        fine=not names,
        observed=observed if names else "aucune laissée en route",
        fix="lancez explor worker : il les reprend en une minute et demie",
    )


def scanner(*, timeout: float = 5) -> Finding:
    """Check that the antivirus answers, and that no file has waited too long for its scan.

    Without any antivirus in the settings, check only that no file waits.
    """
    from explor.ground.files.engine.scanner import ScannerAway, check
    from explor.ground.files.selectors import quarantine

    held = quarantine()
    waiting = f"{held.count} fichier(s) en quarantaine" if held.count else "aucun fichier n’attend"
    what, fix = "antivirus", "démarrez clamd, vérifiez EXPLOR_CLAMD ; les fichiers attendent"
    if not settings.CLAMD:
        observed = f"aucun n’est réglé, {waiting}" if held.count else "aucun n’est réglé"
        return Finding(what=what, fine=not held.count, observed=observed, fix="réglez EXPLOR_CLAMD")
    try:
        check(settings.CLAMD, timeout=timeout)
    except ScannerAway as away:
        return Finding(what=what, fine=False, observed=f"absent ({away}), {waiting}", fix=fix)
    return Finding(
        what=what,
        fine=not held.is_late,
        observed=f"répond, {waiting}",
        fix="lancez explor worker, puis lisez dans ses lignes pourquoi ils ne sont pas contrôlés",
    )


def outbox() -> Finding:
    """Check that no message has waited too long in the outbox."""
    from django.utils import timezone

    from explor.ground.mail.selectors import oldest_waiting

    since = oldest_waiting()
    age = timezone.now() - since if since else timedelta()
    return Finding(
        what="messages à envoyer",
        fine=age < LATE,
        observed=f"le plus ancien attend depuis {duration(age)}" if since else "aucun n’attend",
        fix="lancez explor worker, puis vérifiez EMAIL_HOST",
    )


def backup() -> Finding:
    """Check that a backup was made in the last 36 hours; only a remark out of production."""
    from django.utils import timezone

    from .health import last_backup

    last = last_backup()
    age = timezone.now() - last.made_at if last else None
    return Finding(
        what="sauvegarde",
        fine=age is not None and age < BACKUP_DUE,
        observed=f"la dernière a {duration(age)}" if age is not None else "aucune",
        fix="lancez explor backup FICHIER chaque nuit, puis copiez le fichier ailleurs",
        matters=settings.PRODUCTION,
    )


def rehearsal() -> Finding:
    """Check that restoring a backup was rehearsed lately, as recorded by `explor restore`."""
    last = last_rehearsal()
    age = datetime.now(UTC) - last if last else None
    return Finding(
        what="essai de restauration",
        fine=age is not None and age < REHEARSAL_DUE,
        observed=f"le dernier a {duration(age)}" if age is not None else "aucun",
        fix="deux fois par an : explor restore --rehearse FICHIER, qui ne touche à rien",
        matters=settings.PRODUCTION,
    )


def rehearsal_note() -> Path:
    """Return the path of the file with the time of the last rehearsal of a restoration.

    The time is not in the database, which a restoration replaces.
    """
    return Path(settings.VAR) / "rehearsal.json"


def last_rehearsal() -> datetime | None:
    """Return when restoring a backup was last rehearsed, None if never."""
    try:
        return datetime.fromisoformat(json.loads(rehearsal_note().read_text())["at"])
    except (OSError, ValueError, KeyError):
        return None


def clock() -> Finding:
    """Check that this machine and the database have the same time."""
    from django.db import connection

    with connection.cursor() as cursor:
        before = datetime.now(UTC)
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
        after = datetime.now(UTC)
    offset = (theirs - (before + (after - before) / 2)).total_seconds()
    return Finding(
        what="heure",
        fine=abs(offset) < OFFSET,
        observed=f"{offset:+.1f} s entre la base et cette machine".replace(".", ","),
        fix="mettez les deux machines à l’heure (chrony ou systemd-timesyncd)",
    )


def certificate(*, timeout: float = 5) -> Finding:
    """Check that the HTTPS certificate of the site is valid for two weeks, if it can be fetched."""
    what, address = "certificat https", urlsplit(settings.EXPLOR_URL)
    if address.scheme != "https" or not address.hostname:
        return Finding(what=what, fine=True, observed="sans objet : EXPLOR_URL est en http")
    fix = "renouvelez le certificat du serveur mandataire (certbot renew, ou son équivalent)"
    try:
        left = _expiry(address.hostname, address.port or 443, timeout) - datetime.now(UTC)
    except ssl.SSLCertVerificationError as fault:
        return Finding(what=what, fine=False, observed=fault.verify_message, fix=fix)
    except OSError as fault:
        observed = f"non vérifié : {address.netloc} ne répond pas d’ici ({fault})"
        return Finding(what=what, fine=True, observed=observed)
    observed = f"valable encore {left.days} jours"
    return Finding(what=what, fine=left > CERTIFICATE_DUE, observed=observed, fix=fix)


def _expiry(host: str, port: int, timeout: float) -> datetime:
    context = ssl.create_default_context()
    with (
        closing(socket.create_connection((host, port), timeout=timeout)) as link,
        context.wrap_socket(link, server_hostname=host) as secure,
    ):
        words: dict[str, str] = secure.getpeercert() or {}  # type: ignore[assignment]
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(words["notAfter"]), tz=UTC)


# The last column: whether the text parser knows that « and » are no letters.
COLLATION = """
    SELECT pg_encoding_to_char(encoding),
        CASE datlocprovider WHEN 'c' THEN datcollate ELSE coalesce(
            to_jsonb(pg_database)->>'datlocale', to_jsonb(pg_database)->>'daticulocale'
        ) END,
        datctype, lower('É') = 'é',
        datcollversion IS NOT DISTINCT FROM pg_database_collation_actual_version(oid),
        to_tsvector('simple', '« é »')::text = '''é'':1'
    FROM pg_database WHERE datname = current_database()
"""
MADE_AGAIN = "createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0, puis explor restore"


def collation() -> Finding:
    """Check that the database uses UTF-8, lower-cases accents, and still has the same collation.

    A text parser that takes « and » for letters gives only a remark (`matters` is False).
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(COLLATION)
        return language(*cursor.fetchone())


def language(
    encoding: str, collate: str, ctype: str, knows_accents: bool, same_version: bool, parses: bool
) -> Finding:
    """Return the finding on the language of the database, from the columns of `COLLATION`.

    A parser that takes « and » for letters (`parses` is False) is only a remark, since texts are
    reduced to plain letters before they are indexed.
    """
    observed = f"{encoding}, tri {collate}, lettres {ctype}"
    fine = encoding == "UTF8" and knows_accents and same_version
    fix = f"recréez la base : {MADE_AGAIN}"
    if not same_version:
        observed = f"{observed}, mais le système trie autrement que lors de la création"
        fix = (
            "REINDEX DATABASE, puis ALTER DATABASE ... REFRESH COLLATION VERSION : "
            "les index sont faux jusque-là"
        )
    elif fine and not parses:
        fix = (
            "recherche et listes n’en dépendent pas, mais un mot entre guillemets n’est pas mis en "
            "gras ; pour y remédier : docs/operations.md, « The language of the database »"
        )
    return Finding(
        what="langue de la base", fine=fine and parses, observed=observed, fix=fix, matters=not fine
    )


def duration(age: timedelta) -> str:
    """Return a duration in French, in its largest unit: « 3 jours », « 5 h », « 12 min »."""
    if age.days >= 2:
        return f"{age.days} jours"
    minutes = int(age.total_seconds() // 60)
    return f"{minutes // 60} h" if minutes >= 120 else f"{minutes} min"
