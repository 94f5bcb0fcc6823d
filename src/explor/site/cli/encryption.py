"""`explor encryption`: manage the encryption keys of database values and of backups."""

import os
from argparse import Namespace
from pathlib import Path
from typing import Any

from . import framework
from .failure import Failure


def declare(commands: Any) -> None:
    parser = commands.add_parser("encryption", help="gérer les clés qui chiffrent les données")
    verbs = parser.add_subparsers(title="commandes", metavar="COMMANDE", required=True)
    new = verbs.add_parser("new", help="mettre une nouvelle clé en tête du trousseau")
    new.add_argument(
        "--print", action="store_true", dest="printed", help="écrire la clé à l’écran, sans plus"
    )
    new.set_defaults(run=run_new)
    show = verbs.add_parser("show", help="dire où est le trousseau et combien chaque clé chiffre")
    show.set_defaults(run=run_show)
    rotate = verbs.add_parser("rotate", help="chiffrer de nouveau tout avec la clé de tête")
    rotate.set_defaults(run=run_rotate)
    identity = verbs.add_parser("identity", help="créer la clé privée qui lira les sauvegardes")
    identity.add_argument("file", metavar="FICHIER", type=Path)
    identity.set_defaults(run=run_identity)


def run_new(args: Namespace) -> int:
    from explor.ground.encryption import ring

    if args.printed:
        print(ring.new_key())
        return 0
    framework.load()
    if not ring.is_in_file():
        raise Failure(
            "Le trousseau est dans EXPLOR_ENCRYPTION_KEYS : écrivez-y en tête, suivie d’une "
            "virgule, la clé que donne explor encryption new --print"
        )
    try:
        ring.put_first(ring.new_key())
        key = ring.ring()[0]
    except ring.RingError as fault:
        raise Failure(f"Le trousseau ne peut changer : {fault}.") from fault
    print(f"Clé {key.id} mise en tête de {ring.ring_path()}.")
    print("Gardez une copie de ce fichier à part : il n’est pas dans les sauvegardes.")
    print("Une fois ce fichier sur toutes vos machines : explor encryption rotate")
    return 0


def run_show(args: Namespace) -> int:
    with framework.database():
        from explor.ground.encryption import ring
        from explor.ground.encryption.rotation import CLEAR, values_by_key

        print(f"Trousseau    {ring.ring_path() if ring.is_in_file() else 'EXPLOR_ENCRYPTION_KEYS'}")
        held = values_by_key()
        for rank, key in enumerate(_ring()):
            print(f"Clé {key.id} {held.pop(key.id, 0)} valeurs{'' if rank else ', en tête'}")
        for key_id, count in sorted(held.items()):
            what = "En clair    " if key_id == CLEAR else f"Clé {key_id}"
            print(f"{what} {count} valeurs qui ne se lisent pas")
    return 1 if held else 0


def run_rotate(args: Namespace) -> int:
    with framework.database():
        from explor.ground.encryption.rotation import rotate

        keys = _ring()
        report = rotate()
    for place in report.unreadable:
        print(f"Illisible : {place}")
    print(f"{report.renewed} lignes chiffrées de nouveau avec la clé {keys[0].id}.")
    if report.unreadable:
        print(f"{len(report.unreadable)} valeurs ne se lisent pas : gardez les anciennes clés.")
        return 1
    print("Après un tour complet, explor encryption show dit si les anciennes clés servent encore.")
    return 0


def run_identity(args: Namespace) -> int:
    from . import age

    private, public = age.new_identity()
    try:
        handle = os.open(args.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise Failure(f"{args.file} ne s’écrit pas ({fault.strerror}).") from fault
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(f"# clé publique : {public}\n{private}\n")
    print(f"Clé privée écrite dans {args.file} : gardez-la hors de la machine qui sauvegarde.")
    print(f"EXPLOR_BACKUP_RECIPIENTS={public}")
    return 0


def _ring() -> Any:
    from explor.ground.encryption.ring import RingError, ring

    try:
        return ring()
    except RingError as fault:
        raise Failure(f"Le trousseau ne se lit pas : {fault}.") from fault
