"""Seal codes, verdicts on files, and conditions to store, read and replace documents."""

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from explor.ground.ui.amounts import file_size

if TYPE_CHECKING:
    from .models import Document, Seal

MEGABYTE = 1024 * 1024
MOST_SPACE = 100_000  # megabytes

# No 0 O, 1 I L, U: these are easily confused when read aloud or copied by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12  # 30 ** 12 codes: 58 bits


def normalised(code: str) -> str:
    """Return a code in its stored form: capitals and digits, without spaces or dashes."""
    return re.sub(r"[^0-9A-Z]+", "", code.upper())


def grouped(code: str) -> str:
    """Return a code in its displayed form: ABCD-EFGH-JKMN."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


class Verdict(StrEnum):
    """The result of checking an uploaded file."""

    ISSUED = "issued"  # exactly the bytes of a document that this site issued
    ALTERED = "altered"  # a document sealed by this site and changed since
    UNRECORDED = "unrecorded"  # sealed with our key and unchanged, but not in the register
    UNKNOWN = "unknown"


def verdict_of(seal: "Seal | None", *, intact: bool | None) -> Verdict:
    """Return the verdict on a file, from the register of seals, then from its signature.

    Args:
        seal: the seal of the document with exactly these bytes, None when none has them.
        intact: whether the file is unchanged since this site signed it; None if the file has no
            signature of Explor.
    """
    if seal:
        return Verdict.ISSUED
    if intact is None:
        return Verdict.UNKNOWN
    return Verdict.UNRECORDED if intact else Verdict.ALTERED


def blockers_of_space(*, size: int, left: int) -> list[str]:
    """Return in French why a file of `size` bytes does not fit in `left` bytes; [] if it does."""
    if size <= left:
        return []
    return [
        f"Ce fichier pèse {file_size(size)} et il ne reste que {file_size(max(left, 0))} pour vos "
        "fichiers. Retirez une pièce devenue inutile, réduisez ce fichier, ou demandez plus de "
        "place."
    ]


def blockers_of_allowance(megabytes: int) -> list[str]:
    """Return in French why this storage space is not allowed; [] when it is."""
    if 1 <= megabytes <= MOST_SPACE:
        return []
    return ["Indiquez une place de 1 à 100 000 Mo."]


def blockers_of_reading(document: "Document") -> list[str]:
    """Return in French why nobody may read a document: not scanned yet, or infected; else []."""
    if document.scan == "waiting":
        return [
            "Ce fichier est en attente de contrôle par l’antivirus. Il s’ouvrira dès que ce sera "
            "fait, le plus souvent en une minute."
        ]
    if document.scan == "infected":
        return [
            "L’antivirus a refusé ce fichier, qui est effacé. Demandez-en une copie saine à la "
            "personne qui l’a déposé."
        ]
    return []


def missing_to_replace(seal: "Seal", new: "Seal") -> list[str]:
    """Return in French why the document of `seal` cannot be replaced by that of `new`; else [].

    Only a valid document can replace another, so a chain of replacements ends at a valid document.
    """
    if seal.pk == new.pk:
        return ["Un document ne se remplace pas lui-même."]
    reasons = []
    if seal.replaced_by_id is not None:
        reasons.append("Ce document est déjà remplacé.")
    if not new.is_valid:
        reasons.append("Le nouveau document n’est plus valable.")
    return reasons
