"""Check of the registration numbers of French organisations: SIREN, SIRET, RNA.

Sources: INSEE for SIREN and SIRET, whose last figure is a Luhn checksum (for La Poste, 356000000,
the sum of the digits is a multiple of five instead), as in python-stdnum. Since 2009 an RNA number
is W, two characters for the département (such as 69, 2A or 9R) and seven figures. Before, it was an
arrondissement, P or S, a département and seven figures.
"""

import re
from types import ModuleType

from stdnum.exceptions import ValidationError
from stdnum.fr import siren, siret

RNA = re.compile(r"W(?:\d{2}|2[AB]|9[A-Z])\d{7}", re.ASCII)
OLD_RNA = re.compile(r"(?:\d{2}|2[AB]|9[A-Z])\d[PS](?:\d{3}|02[AB])\d{7}", re.ASCII)


class BadIdentifier(ValueError):
    """Raised for a number that cannot exist; the message, in French, gives the reason."""


def check_siren(text: str) -> str:
    """Return the nine figures of a SIREN, without spaces; raise BadIdentifier if it is invalid."""
    return _check(text, siren, "SIREN", 9)


def check_siret(text: str) -> str:
    """Return the fourteen figures of a SIRET, without spaces; raise BadIdentifier if invalid."""
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
    # Zeros satisfy every checksum, and are what people type to get past a form.
    if int(bare[:9]) == 0:
        raise BadIdentifier(f"Ce {name} n’existe pas : il ne compte que des zéros.")
    return bare


def check_rna(text: str) -> str:
    """Return an RNA number without spaces, in the present format or in the one before 2009.

    Raises BadIdentifier for any other text.
    """
    bare = re.sub(r"\s", "", text)
    if RNA.fullmatch(bare) or is_old_rna(bare):
        return bare
    raise BadIdentifier(
        "Un numéro RNA s’écrit W suivi de neuf caractères, par exemple W691234567 "
        "(W2A ou W2B en Corse, W9R à La Réunion), en capitales."
    )


def is_old_rna(number: str) -> bool:
    """Return whether an RNA number has the format used before 2009."""
    return OLD_RNA.fullmatch(number) is not None
