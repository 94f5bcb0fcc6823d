"""The numbers of French organisations: SIREN, SIRET, RNA, checked by their keys.

Sources: INSEE (Luhn key; La Poste, 356000000, has a sum of digits multiple of five instead), as
python-stdnum applies them; RNA: order of 14 October 2009 (W and nine characters), with the Corsican
and overseas départements, and the numbers given before it.
"""

import re

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.fr import siren, siret

RNA = re.compile(r"W(?:\d{2}|2[AB]|9[A-Z])\d{7}")
# Before the W: département, S, P or 0 and figures, as the old register printed them.
OLD_RNA = re.compile(r"(?:\d{2}|2[AB]|9[A-Z])\d?[PS0-9][0-9A-B]{2,3}\d{7,8}")


class BadIdentifier(ValueError):
    """The number cannot be right; the message, in French, says why."""


def check_siren(text: str) -> str:
    """The nine figures of a SIREN; raises `BadIdentifier`."""
    return _check(text, siren, "SIREN", 9)


def check_siret(text: str) -> str:
    """The fourteen figures of a SIRET; raises `BadIdentifier`."""
    return _check(text, siret, "SIRET", 14)


def _check(text: str, rule: object, name: str, length: int) -> str:
    bare = re.sub(r"[\s.]", "", text)
    if not re.fullmatch(rf"\d{{{length}}}", bare):
        raise BadIdentifier(f"Un {name} compte {length} chiffres ; vous en donnez {len(bare)}.")
    try:
        return str(rule.validate(bare))  # type: ignore[attr-defined]
    except InvalidChecksum as fault:
        raise BadIdentifier(
            f"Ce {name} n’existe pas : sa clé est fausse. Vérifiez chaque chiffre."
        ) from fault
    except ValidationError as fault:
        raise BadIdentifier(f"Ce {name} n’est pas valable.") from fault


def check_rna(text: str) -> str:
    """An RNA number, of today or from before 2009; raises `BadIdentifier`."""
    bare = re.sub(r"\s", "", text)
    if RNA.fullmatch(bare) or is_old_rna(bare):
        return bare
    raise BadIdentifier(
        "Un numéro RNA s’écrit W suivi de neuf caractères, par exemple W691234567 "
        "(W2A ou W2B en Corse, W9R à La Réunion), en capitales."
    )


def is_old_rna(number: str) -> bool:
    """True for a number given before 2009."""
    return 13 <= len(number) <= 14 and OLD_RNA.fullmatch(number) is not None
