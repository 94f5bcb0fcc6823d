"""How long personal data are kept: one term for each reason to keep them, each a setting."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings


@dataclass(frozen=True)
class Term:
    """A time after which data are erased.

    Args:
        what: the data, in French.
        since: from when the time runs, in French: « après le retour ».
        days: the default; the setting `EXPLOR_TERM_<KEY>` replaces it.
        notice: days before the end at which the person is warned; 0 for no warning.
        accountable: the papers are public archives when the network is a public body, so their
            end needs the visa of the archives.
    """

    what: str
    since: str
    days: int
    notice: int = 0
    accountable: bool = False


# The terms of the sector: CNIL, recruitment (profiles), commercial code art. L123-22 (accounts).
TERMS = {
    "profile": Term("profil d’une experte ou d’un expert", "après le dernier contact", 730, 30),
    "draft": Term("besoin resté en brouillon", "après la dernière modification", 90, 15),
    "refused": Term("dossier refusé, retiré ou sans suite", "après la décision", 365),
    "travel": Term("données de voyage et contact d’urgence", "après le retour", 30),
    "accounts": Term(
        "conventions, pièces comptables et signatures", "après la mission", 3650, accountable=True
    ),
    "messages": Term("texte des courriels envoyés", "après l’envoi", 90),
    "address": Term("adresse de la machine qui a signé", "après la signature", 1826),
    "sessions": Term("sessions terminées", "après leur fin", 1),
    "keys": Term("clés des formulaires envoyés", "après l’envoi", 7),
    "imports": Term("lignes d’un fichier importé", "après l’import", 90),
}


def days(key: str) -> int:
    """Return how many days a term lasts in this installation."""
    return settings.TERMS_IN_DAYS.get(key, TERMS[key].days)


def duration(key: str) -> timedelta:
    """Return how long a term lasts in this installation."""
    return timedelta(days=days(key))
