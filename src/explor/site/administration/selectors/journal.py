"""Checks of the protection of the journal: its private key, its sealing, the owner of its tables.

This module can be imported before Django is set up.
"""

import os
from datetime import timedelta

from django.conf import settings

from .finding import Finding
from .upkeep import LATE, duration

WEB_ROLE_OWNS = """
    SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class
    WHERE oid = to_regclass('audit_entry')
"""


def journal_key() -> Finding:
    """Check the private key that seals the journal: valid, private, its public key trusted.

    In development, a missing key passes, since the first block creates it.
    """
    from explor.ground.audit.engine import keys

    what, path = "clé du journal", keys.key_path()
    created_later = not settings.PRODUCTION and path.is_relative_to(settings.VAR)
    if created_later and not path.exists():
        return Finding(what=what, fine=True, observed="sera créée au premier bloc")
    try:
        public = keys.public_of(keys.load_key())
    except keys.JournalKeyError as fault:
        fix = "lancez explor journal key, ou corrigez EXPLOR_JOURNAL_SEAL_KEY"
        return Finding(what=what, fine=False, observed=str(fault), fix=fix)
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        observed, fix = f"{path} s’ouvre à d’autres comptes ({mode:o})", f"chmod 600 {path}"
        return Finding(what=what, fine=False, observed=observed, fix=fix)
    return Finding(
        what=what,
        fine=public in keys.public_keys(),
        observed=f"{path}, clé publique {public[:16]}…",
        fix=f"ajoutez la ligne {public} à {keys.public_path()}",
    )


def out_of_reach() -> Finding:
    """Check that this process, a web page, cannot read the private key that seals the journal."""
    from explor.ground.audit.engine.keys import key_path

    path = key_path()
    readable = os.access(path, os.R_OK)
    return Finding(
        what="clé du journal",
        fine=not readable or not settings.PRODUCTION,
        observed="les pages peuvent la lire" if readable else "hors de portée des pages",
        fix=f"cachez le dossier {path.parent} au serveur du site : docs/operations.md",
        matters=False,
    )


def sealing() -> Finding:
    """Check that no line of the journal has waited too long to be sealed in a block."""
    from django.utils import timezone

    from explor.ground.audit.selectors.blocks import oldest_waiting

    since = oldest_waiting()
    age = timezone.now() - since if since else timedelta()
    return Finding(
        what="blocs du journal",
        fine=age < LATE,
        observed=f"une ligne attend son bloc depuis {duration(age)}"
        if since
        else "aucune n’attend",
        fix="lancez explor worker, puis regardez la clé du journal (explor doctor)",
        matters=settings.PRODUCTION,
    )


def owner() -> Finding:
    """Check that the site's database role does not own the tables of the journal."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(WEB_ROLE_OWNS)
        row = cursor.fetchone()
    owns = row is None or row[0]
    return Finding(
        what="tables du journal",
        fine=not owns or not settings.PRODUCTION,
        observed="le rôle du site les possède : il peut désarmer leur protection"
        if owns
        else "le rôle du site ne peut qu’y ajouter des lignes",
        fix="donnez DATABASE_OWNER_URL, un autre rôle, puis lancez explor migrate",
        matters=False,
    )
