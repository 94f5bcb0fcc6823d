"""Seal codes, the conditions to replace a document, and the verdict on a verified file."""

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Seal

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
