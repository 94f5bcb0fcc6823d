"""The numbers of French organisations: SIREN, SIRET, RNA, checked by their keys.

Sources: INSEE (Luhn key; La Poste, 356000000, has a sum of digits multiple of five instead), as
python-stdnum applies them; RNA: W and nine characters since 2009, with the Corsican and overseas
départements, and the numbers given before (arrondissement, P or S, département, seven figures).
"""

import re
from types import ModuleType

from stdnum.exceptions import ValidationError
from stdnum.fr import siren, siret

RNA = re.compile(r"W(?:\d{2}|2[AB]|9[A-Z])\d{7}", re.ASCII)
OLD_RNA = re.compile(r"(?:\d{2}|2[AB]|9[A-Z])\d[PS](?:\d{3}|02[AB])\d{7}", re.ASCII)


class BadIdentifier(ValueError):
    """The number cannot be right; the message, in French, says why."""


def check_siren(text: str) -> str:
    """Return the nine figures of a SIREN; raises `BadIdentifier`."""
    return _check(text, siren, "SIREN", 9)


def check_siret(text: str) -> str:
    """Return the fourteen figures of a SIRET; raises `BadIdentifier`."""
    return _check(text, siret, "SIRET", 14)


def _check(text: str, rule: ModuleType, name: str, length: int) -> str:
    bare = re.sub(r"[\s.]", "", text)
    if not re.fullmatch(r"[0-9]*", bare):
        raise BadIdentifier(f"Un {name} ne compte que des chiffres.")
    if len(bare) != length:
        raise BadIdentifier(f"Un {name} compte {length} chiffres ; vous en donnez {len(bare)}.")
    try:
        rule.validate(bare)
    except ValidationError as fault:
        raise BadIdentifier(
            f"Ce {name} n’existe pas : sa clé est fausse. Vérifiez chaque chiffre."
        ) from fault
    # Zeros satisfy every key, and are what people type to get past a form.
    if int(bare[:9]) == 0:
        raise BadIdentifier(f"Ce {name} n’existe pas : il ne compte que des zéros.")
    return bare


def check_rna(text: str) -> str:
    """Return an RNA number, of today or from before 2009; raises `BadIdentifier`."""
    bare = re.sub(r"\s", "", text)
    if RNA.fullmatch(bare) or is_old_rna(bare):
        return bare
    raise BadIdentifier(
        "Un numéro RNA s’écrit W suivi de neuf caractères, par exemple W691234567 "
        "(W2A ou W2B en Corse, W9R à La Réunion), en capitales."
    )


def is_old_rna(number: str) -> bool:
    """Say whether the number was given before 2009 and replaced since."""
    return OLD_RNA.fullmatch(number) is not None
