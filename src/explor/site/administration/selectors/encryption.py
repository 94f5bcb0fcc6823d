"""Checks of encryption: of database values, of backups, and of the register of erasures."""

from pathlib import Path

from django.conf import settings

from explor.ground.ui.amounts import counted

from .finding import Finding

RING = "trousseau"


def ring_of_keys() -> Finding:
    """Check that the ring of encryption keys is readable, private, and stored apart from the data.

    In development, a missing file passes, since the first encrypted value creates it.
    """
    from explor.ground.encryption import ring

    path = ring.ring_path()
    created_later = not settings.PRODUCTION and path.is_relative_to(settings.VAR)
    if ring.is_in_file() and created_later and not path.exists():
        return Finding(what=RING, fine=True, observed="sera créé à la première valeur chiffrée")
    try:
        count = len(ring.ring())
    except ring.RingError as fault:
        fix = "rapportez le trousseau, ou créez-en un la première fois : explor encryption new"
        return Finding(what=RING, fine=False, observed=str(fault), fix=fix)
    observed = f"{count} clé{'s' if count > 1 else ''}"
    if not ring.is_in_file():
        return Finding(what=RING, fine=True, observed=f"{observed}, dans EXPLOR_ENCRYPTION_KEYS")
    return _place_of_ring(path, observed)


def _place_of_ring(path: Path, observed: str) -> Finding:
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        observed, fix = f"{path} s’ouvre à d’autres comptes ({mode:o})", f"chmod 600 {path}"
        return Finding(what=RING, fine=False, observed=observed, fix=fix)
    fix = "rangez-le ailleurs, sur un autre disque, puis donnez EXPLOR_ENCRYPTION_RING"
    served = [Path(settings.STATIC_ROOT), Path(settings.MEDIA_ROOT)]
    for folder in served:
        if path.resolve().is_relative_to(folder.resolve()):
            observed = f"{path} est dans {folder}, avec ce qu’il protège"
            return Finding(what=RING, fine=False, observed=observed, fix=fix)
    beside = path.resolve().is_relative_to(Path(settings.VAR).resolve())
    return Finding(
        what=RING,
        fine=not (beside and (settings.PRODUCTION or settings.EMBEDDED)),
        observed=f"{observed}, {path}{', à côté des données qu’il protège' if beside else ''}",
        fix=fix,
        matters=settings.PRODUCTION,
    )


def encrypted_values() -> Finding:
    """Check that every encrypted value uses the newest key, and that no value lacks its key."""
    from explor.ground.encryption import ring
    from explor.ground.encryption.rotation import CLEAR, values_by_key

    what, held = "valeurs chiffrées", values_by_key()
    try:
        known = [key.id for key in ring.ring()] if held else [CLEAR]
    except ring.RingError:
        known = [CLEAR]
    newest, old = held.pop(known[0], 0), sum(held.pop(key, 0) for key in known[1:])
    if held:
        observed = (
            f"{sum(held.values())} illisibles : en clair, ou d’une clé qui manque au trousseau"
        )
        fix = "rapportez la clé (explor encryption show la nomme), ou retapez ces valeurs"
        return Finding(what=what, fine=False, observed=observed, fix=fix)
    return Finding(
        what=what,
        fine=not old,
        observed=f"{old} encore sous une ancienne clé" if old else f"{newest}, sous la clé de tête",
        fix="lancez explor encryption rotate",
        matters=False,
    )


def secret_backups() -> Finding:
    """Check that backups are encrypted, and that the public keys of their recipients are valid."""
    count = len(settings.BACKUP_RECIPIENTS)
    wrong = [key for key in settings.BACKUP_RECIPIENTS if not _is_public_key(key)]
    observed = f"chiffrées pour {counted(count, 'destinataire')}" if count else "en clair"
    return Finding(
        what="secret des sauvegardes",
        fine=bool(count) and not wrong,
        observed=f"« {wrong[0]} » n’est pas une clé publique age" if wrong else observed,
        fix="donnez EXPLOR_BACKUP_RECIPIENTS : explor encryption identity, sur une autre machine",
        matters=bool(wrong),
    )


def _is_public_key(text: str) -> bool:
    from pyrage import RecipientError
    from pyrage.x25519 import Recipient

    try:
        Recipient.from_str(text)
    except RecipientError:
        return False
    return True


def register_of_erasures() -> Finding:
    """Check that the current keys can read every entry of the register of erasures.

    After a restoration, the people of this register are erased again.
    """
    from explor.ground.rights.actions import unreadable

    lost = unreadable()
    observed = (
        f"{counted(lost, 'effacement')} sous une clé inconnue" if lost else "se lit en entier"
    )
    return Finding(
        what="registre des effacements",
        fine=not lost,
        observed=observed,
        fix="ajoutez la clé d’avant à EXPLOR_ERASURES_KEYS (à défaut, c’était JOURNAL_KEY) : sans "
        "elle, une restauration ferait revenir ces personnes",
    )
