"""`explor backup`: write the database and the documents to one archive with digests.

The archive is encrypted for the recipients of the settings, whose private keys are elsewhere.
"""

from argparse import Namespace
from pathlib import Path
from typing import Any

from . import age, apart, archive, framework, tools
from .failure import Failure


def declare(commands: Any) -> None:
    parser = commands.add_parser("backup", help="sauvegarder la base et les fichiers")
    parser.add_argument("file", metavar="FICHIER", type=Path)
    parser.add_argument(
        "--to",
        metavar="CLÉ",
        action="append",
        help="chiffrer pour cette clé publique age, au lieu de EXPLOR_BACKUP_RECIPIENTS",
    )
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    if not args.file.parent.is_dir():
        raise Failure(f"Le dossier {args.file.parent} n’existe pas.")
    with framework.any_database(), apart.folder_in(args.file.parent, ".backup-") as folder:
        from django.conf import settings

        from explor.ground.audit.engine.keys import key_path as journal_key_path
        from explor.ground.rights.actions import complete_register
        from explor.ground.ui.amounts import file_size
        from explor.site.administration.actions import record_backup
        from explor.site.administration.selectors.checks import waiting_migrations

        recipients = age.recipients_of(args.to or settings.BACKUP_RECIPIENTS)
        framework.require_made()  # even if not up to date, to allow a backup before migrating
        dump, current = folder / archive.DUMP, not waiting_migrations()
        # The database first: a file added meanwhile is harmless, but a missing file is a loss.
        tools.dump(dump)
        files, about = Path(settings.MEDIA_ROOT), _about(current)
        count = archive.pack(args.file, dump=dump, files=files, about=about, recipients=recipients)
        size = args.file.stat().st_size
        erasures, journal_key = settings.ERASURES, journal_key_path()
        if current:
            complete_register()
            record_backup(name=args.file.name, size=size, files=count)
    print(f"Sauvegarde faite : {args.file} ({file_size(size)}, {count} fichiers).")
    print(_about_secrecy(len(recipients)))
    print("Gardez à part SECRET_KEY et JOURNAL_KEY : elles n’y sont pas.")
    print(about_the_ring(args.file))
    print(f"Gardez à part la clé qui scelle le journal ({journal_key}) : elle n’y est pas.")
    print(f"Gardez à part {erasures} : une sauvegarde rétablie efface de nouveau qui y est noté.")
    print(about_the_key())
    return 0


def about_the_key() -> str:
    """Return a French sentence on whether the backup contains the key that signs documents."""
    from explor.ground.files.engine.keys import key_path

    path = key_path()
    if _holds_key():
        return f"La clé des documents ({path}) y est : gardez cette archive comme la clé."
    return f"La clé des documents ({path}) n’y est pas : gardez-la à part, elle aussi."


def about_the_ring(backup: Path) -> str:
    """Return a French sentence on where the ring of encryption keys is, relative to the backup."""
    from explor.ground.encryption import ring

    if not ring.is_in_file():
        return "Le trousseau (EXPLOR_ENCRYPTION_KEYS) n’y est pas : gardez-le à part."
    path = ring.ring_path()
    if _holds(path):
        return f"Le trousseau ({path}) y est : sortez-le du dossier des fichiers."
    if path.parent.resolve() == backup.parent.resolve():
        return f"Le trousseau ({path}) est à côté de la sauvegarde : séparez-les."
    return f"Le trousseau ({path}) n’y est pas : gardez-le à part."


def _about_secrecy(recipients: int) -> str:
    if not recipients:
        return "Elle est en clair : donnez EXPLOR_BACKUP_RECIPIENTS pour la chiffrer."
    plural = "s" if recipients > 1 else ""
    return f"Elle est chiffrée pour {recipients} destinataire{plural}, que cette machine n’est pas."


def _holds_key() -> bool:
    from explor.ground.files.engine.keys import key_path

    return _holds(key_path())


def _holds(path: Path) -> bool:
    from django.conf import settings

    return path.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve())


def _about(current: bool) -> dict[str, Any]:
    """Return the properties of the backup for its manifest.

    If the database is not up to date (`current` is False), the head of the journal is "".
    """
    from django.db import connection
    from django.utils import timezone

    from explor.ground.audit.engine.keys import public_keys
    from explor.ground.audit.models import Entry
    from explor.ground.audit.rules.blocks import line_of
    from explor.ground.audit.selectors import last_head

    head = last_head() if current else None
    last = Entry.objects.order_by("-pk").values_list("pk", "digest").first() or (0, "")
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "seal_key": _holds_key(),
        "postgres": connection.cursor().connection.info.server_version,
        "journal": {
            "last": last[0],
            "digest": last[1],
            "head": line_of(head) if head else "",
            "public_keys": public_keys(),
        },
    }
