"""`explor restore`: replace the database and documents with those of a backup, or rehearse it."""

import json
import os
import shutil
import subprocess
import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import apart, archive, framework, tools
from .failure import Failure
from .owner import owning

# The settings that give access to this installation's database, under either role.
DATABASES = {"DATABASE_URL", "DATABASE_OWNER_URL"}
BACK = (
    "Après une restauration, chacun se reconnecte. Ce qui fut retiré depuis la sauvegarde est "
    "revenu, retirez-le de nouveau avant d’ouvrir le site : comptes fermés, rôles, liens, accords "
    "d’une personne à montrer son profil ou à publier. Puis lancez explor purge."
)


def declare(commands: Any) -> None:
    parser = commands.add_parser("restore", help="rétablir une sauvegarde")
    parser.add_argument("file", metavar="FICHIER", type=Path)
    parser.add_argument(
        "--force", action="store_true", help="remplacer ce que la base et les fichiers contiennent"
    )
    parser.add_argument(
        "--rehearse",
        action="store_true",
        help="rétablir à part, sur un serveur d’essai effacé ensuite, et le noter",
    )
    parser.add_argument(
        "--identity",
        metavar="FICHIER",
        type=Path,
        help="la clé privée age d’un destinataire, pour une sauvegarde chiffrée",
    )
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    if not args.file.is_file():
        raise Failure(f"{args.file} n’existe pas.")
    if args.rehearse:
        return rehearse(args.file, args.identity)
    with framework.any_database():
        from django.conf import settings

        files = Path(settings.MEDIA_ROOT)
        if not args.force and not (tools.is_empty() and not _has_content(files)):
            raise Failure(
                "La base ou le dossier des fichiers n’est pas vide : rien n’est touché. "
                "Pour les remplacer : explor restore --force"
            )
        files.parent.mkdir(parents=True, exist_ok=True)
        with owning(), apart.folder_in(files.parent, "restore-") as folder:
            manifest = _put_back(args.file, folder, files, args.identity)
        faults = _verify(manifest)
        _suspect_letters()
        _end_sessions()
        erased = _replay_erasures()
    count = len(manifest["files"]) - 1
    print(f"Rétabli : la base du {manifest['made_at']} et {count} fichiers.")
    lost = _say_unreadable()
    print(BACK)
    if erased:
        print(f"Effacées de nouveau : {erased} personnes, effacées depuis cette sauvegarde.")
    if not settings.ERASURES.exists():
        print(
            f"Pas de registre des effacements ({settings.ERASURES}) : qui fut effacé depuis cette "
            "sauvegarde est revenu. Rapportez-le là : la nuit suivante efface de nouveau."
        )
    from explor.ground.files.engine.keys import key_path

    if not key_path().exists():
        print("La clé des documents manque : rapportez-la, ou lancez explor key create.")
    return 1 if faults or lost else 0


def rehearse(backup: Path, identity: Path | None = None) -> int:
    """Restore a backup on a temporary embedded server; return the exit code, 0 for success.

    After a success, its time and the name of the backup are recorded. The database and the
    documents of this installation are not read; its keys and its erasure register are.
    """
    framework.load()
    from django.conf import settings

    from explor.site.administration.selectors.upkeep import rehearsal_note
    from explor.site.config.postgres import Server

    with apart.folder_in(Path(settings.VAR), "rehearsal-") as place:
        command = [sys.executable, "-m", "explor.site.cli", "restore", str(backup.absolute())]
        command += ["--identity", str(identity.absolute())] if identity else []
        try:
            made = subprocess.run(command, env=_apart(place), check=False)
        finally:
            Server(place / "postgres").destroy()
    if made.returncode == 0:
        noted = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "file": backup.name}
        rehearsal_note().write_text(json.dumps(noted, ensure_ascii=False))
        print("Essai réussi : cette sauvegarde se rétablit. Rien n’a changé ici.")
    return made.returncode


def _apart(place: Path) -> dict[str, str]:
    """Return the environment of a rehearsal: database, files and erasure register are in `place`.

    The keys are those of this installation, and are only read.
    """
    from django.conf import settings

    keys, register = Path(settings.JOURNAL_PUBLIC_KEYS), place / "erasures.jsonl"
    if settings.ERASURES.exists():
        shutil.copyfile(settings.ERASURES, register)
    own = {
        "EXPLOR_VAR": str(place),
        "EXPLOR_ENCRYPTION_KEYS": _ring(),
        "EXPLOR_ERASURES": str(register),
        "EXPLOR_JOURNAL_PUBLIC_KEYS": str(keys if keys.exists() else place / "public.txt"),
        "EXPLOR_JOURNAL_HEADS": str(place / "heads.txt"),
    }
    return {key: value for key, value in os.environ.items() if key not in DATABASES} | own


def _ring() -> str:
    """Return the ring of encryption keys as text; "" if unusable, which is reported later."""
    from explor.ground.encryption import ring

    try:
        return ring.text_of_ring()
    except ring.RingError:
        return ""


def _put_back(source: Path, folder: Path, files: Path, identity: Path | None) -> dict[str, Any]:
    """Check the backup, replace the database in one transaction, then replace the documents.

    Returns the manifest of the backup."""
    from django.core.management import call_command

    manifest = archive.unpack(source, folder, identity)
    tools.load(folder / archive.DUMP, folder / "script.sql")
    call_command("migrate", interactive=False, verbosity=0)
    restored, before = folder / archive.FILES, folder / "before"
    restored.mkdir(exist_ok=True)
    try:
        if files.exists():
            files.rename(before)
        restored.rename(files)
    except BaseException:  # the temporary folder is erased with its content
        if before.exists() and not files.exists():
            before.rename(files)
        raise
    return manifest


def _verify(manifest: dict[str, Any]) -> int:
    from explor.ground.audit.engine import keys
    from explor.ground.audit.models import Entry
    from explor.ground.audit.rules.blocks import heads_in
    from explor.ground.audit.selectors import verify

    saved = manifest["journal"]
    if (public := saved.get("public_keys")) and not keys.public_keys():
        keys.trust(public)
        print(f"Clés publiques du journal reprises de la sauvegarde : {', '.join(public)}")
    faults = list(verify(outside=heads_in(saved.get("head", ""))))
    last = Entry.objects.order_by("-pk").values_list("pk", "digest").first()
    if (last or (0, "")) != (saved["last"], saved["digest"]):
        faults.append("Le journal ne finit pas comme le dit la sauvegarde.")
    faults += _unreadable()
    for fault in faults[:10]:
        print(fault)
    return len(faults)


def _unreadable() -> list[str]:
    """Return a French sentence for each key that encrypted values need and the ring lacks."""
    from explor.ground.encryption.ring import RingError, ring
    from explor.ground.encryption.rotation import values_by_key

    held = values_by_key()
    try:
        known = {key.id for key in ring()} if held else set()
    except RingError:
        known = set()
    return [
        f"{count} valeurs chiffrées ne se lisent pas : la clé {key} manque au trousseau."
        for key, count in sorted(held.items())
        if key not in known
    ]


def _suspect_letters() -> None:
    from explor.ground.mail.actions import suspect_restored

    suspect_restored()


def _say_unreadable() -> int:
    """Say how many erasures of the register only an unknown key recognises; return how many."""
    from explor.ground.rights.actions import unreadable

    if lost := unreadable():
        print(
            f"Le registre des effacements porte {lost} effacement(s) sous une clé inconnue : ces "
            "personnes sont revenues. Donnez cette clé dans EXPLOR_ERASURES_KEYS (à défaut, "
            "c’était JOURNAL_KEY) : la nuit suivante efface de nouveau."
        )
    return lost


def _end_sessions() -> None:
    """End the sessions of the archive: some were ended since, because somebody had stolen them."""
    from explor.ground.accounts.actions import end_every_session

    end_every_session()


def _replay_erasures() -> int:
    """Erase again the people in the register of erasures whom the backup restored."""
    from explor.ground.rights.actions import replay

    return replay()


def _has_content(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())
