"""Seal codes, the conditions to replace a document, and the verdict on a verified file."""

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


def normalised(typed: str) -> str:
    """Return a code in its stored form: capitals and digits, without spaces or dashes."""
    return re.sub(r"[^0-9A-Z]+", "", typed.upper())


def grouped(code: str) -> str:
    """Return a code in its displayed form: ABCD-EFGH-JKMN."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


class Verdict(StrEnum):
    """What an uploaded file to verify turns out to be."""

    ISSUED = "issued"  # exactly the bytes of a document that we issued
    ALTERED = "altered"  # a document that we sealed and that was changed since
    UNRECORDED = "unrecorded"  # sealed with our key, unchanged, but absent from the register
    UNKNOWN = "unknown"


def verdict_of(seal: "Seal | None", *, intact: bool | None) -> Verdict:
    """Return the verdict on a file, from the register of seals, then from its signature.

    Args:
        seal: the seal of the document with exactly these bytes, None when none has them.
        intact: whether the file is unchanged since we signed it; None without our signature.
    """
    if seal:
        return Verdict.ISSUED
    if intact is None:
        return Verdict.UNKNOWN
    return Verdict.UNRECORDED if intact else Verdict.ALTERED


def blockers_of_space(*, size: int, left: int) -> list[str]:
    """Return why a file cannot be stored in the space that is left; both are in bytes."""
    if size <= left:
        return []
    return [
        f"Ce fichier pèse {file_size(size)} et il ne reste que {file_size(max(left, 0))} pour vos "
        "fichiers. Retirez une pièce devenue inutile, réduisez ce fichier, ou demandez plus de "
        "place."
    ]


def blockers_of_allowance(megabytes: int) -> list[str]:
    """Return why a space of that size cannot be given, in French; none when it can."""
    if 1 <= megabytes <= MOST_SPACE:
        return []
    return ["Indiquez une place de 1 à 100 000 Mo."]


def blockers_of_reading(document: "Document") -> list[str]:
    """Return why nobody may read a document now: the antivirus has not read it, or refused it."""
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
    """Return why the document of `seal` cannot be replaced by that of `new`.

    Only a valid document can replace another, so that a chain of replacements ends at a valid one.
    """
    if seal.pk == new.pk:
        return ["Un document ne se remplace pas lui-même."]
    reasons = []
    if seal.replaced_by_id is not None:
        reasons.append("Ce document est déjà remplacé.")
    if not new.is_valid:
        reasons.append("Le nouveau document n’est plus valable.")
    return reasons
