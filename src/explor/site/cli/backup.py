"""`explor backup`: write the database and the documents in one archive with digests."""

import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Any

from . import archive, framework, tools
from .failure import Failure


def declare(commands: Any) -> None:
    parser = commands.add_parser("backup", help="sauvegarder la base et les fichiers")
    parser.add_argument("file", metavar="FICHIER", type=Path)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    if not args.file.parent.is_dir():
        raise Failure(f"Le dossier {args.file.parent} n’existe pas.")
    with framework.any_database(), tempfile.TemporaryDirectory(dir=args.file.parent) as folder:
        from django.conf import settings

        from explor.ground.audit.engine.keys import key_path as journal_key_path
        from explor.ground.rights.actions import complete_register
        from explor.ground.ui.amounts import file_size
        from explor.site.administration.actions import record_backup
        from explor.site.administration.selectors.checks import waiting_migrations

        framework.require_made()  # even if not up to date: one backs up before migrating
        dump, current = Path(folder) / archive.DUMP, not waiting_migrations()
        # The database first: files added meanwhile are harmless, but a missing file is a loss.
        tools.dump(dump)
        about = _about(current)
        count = archive.pack(args.file, dump=dump, files=Path(settings.MEDIA_ROOT), about=about)
        size = args.file.stat().st_size
        erasures, journal_key = settings.ERASURES, journal_key_path()
        if current:
            complete_register()
            record_backup(name=args.file.name, size=size, files=count)
    print(f"Sauvegarde faite : {args.file} ({file_size(size)}, {count} fichiers).")
    print("Gardez à part SECRET_KEY et JOURNAL_KEY : elles n’y sont pas.")
    print(f"Gardez à part la clé qui scelle le journal ({journal_key}) : elle n’y est pas.")
    print(f"Gardez à part {erasures} : une sauvegarde rétablie efface de nouveau qui y est noté.")
    print(about_the_key())
    return 0


def about_the_key() -> str:
    """Return a sentence on whether the backup holds the key that signs documents."""
    from explor.ground.files.engine.keys import key_path

    path = key_path()
    if _holds_key():
        return f"La clé des documents ({path}) y est : gardez cette archive comme la clé."
    return f"La clé des documents ({path}) n’y est pas : gardez-la à part, elle aussi."


def _holds_key() -> bool:
    from django.conf import settings

    from explor.ground.files.engine.keys import key_path

    return key_path().resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve())


def _about(current: bool) -> dict[str, Any]:
    """Return what the manifest says of the backup; no head before the database is up to date."""
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
