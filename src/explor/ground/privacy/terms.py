"""The terms: how long personal data are kept for each purpose; each term is a setting."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from explor.ground.audit.rules import ACCESS_DAYS


@dataclass(frozen=True)
class Retention:
    """A retention period (a « term »): how long one kind of personal data is kept before erasure.

    Args:
        what: the data, in French.
        since: the event from which the term runs, in French: « après le retour ».
        days: the default duration, which the setting `EXPLOR_TERM_<KEY>` overrides.
        notice: how many days before the end the person is notified; 0 for no notice.
        accountable: when the network is a public body, these documents are public archives and stay
            until the archives approve their elimination.
    """

    what: str
    since: str
    days: int
    notice: int = 0
    accountable: bool = False


YEAR = 365.25

# Legal sources: CNIL on recruitment (profiles); GDPR art. 14.3 (people named by a third party);
# commercial code, art. L123-22 (accounts).
TERMS = {
    "profile": Retention(
        "profil d’une experte ou d’un expert", "après le dernier contact", 730, 30
    ),
    "draft": Retention("besoin resté en brouillon", "après la dernière modification", 90, 15),
    "refused": Retention("textes d’un besoin refusé ou retiré", "après la décision", 365),
    "travel": Retention(
        "dates de passeport et de visa, notes de voyage, personne à prévenir, carnet de mission",
        "après le retour",
        30,
    ),
    # Civil code, art. 2224 (five years) and 2226 (ten years, for a bodily injury).
    "incident": Retention(
        "incident d’une mission, signalement confidentiel", "après le retour", 1826
    ),
    "accident": Retention("incident où quelqu’un est blessé ou malade", "après le retour", 3653),
    "accounts": Retention(
        "conventions, signatures, pièces comptables et textes des comptes rendus",
        "après la mission",
        3650,
        accountable=True,
    ),
    "address": Retention("adresse de la machine qui a signé", "après la mission", 1826),
    "equity": Retention("réponse facultative sur le genre et l’âge", "après la réponse", 730),
    "nomination": Retention("personne proposée par son employeur", "après la proposition", 60),
    "digest": Retention(
        "empreinte de l’adresse d’une personne proposée, ou effacée",
        "après la proposition ou l’effacement",
        365,
    ),
    "uninvited": Retention("personne d’un fichier importé, pas invitée", "après l’import", 30),
    "unanswered": Retention(
        "personne d’un fichier importé, sans réponse", "après l’invitation", 90
    ),
    "imports": Retention("lignes d’un fichier de fiches importé", "après l’import", 90),
    "alerts": Retention("recherche suivie, pas confirmée", "après la demande", 7),
    "emails": Retention("texte et adresse des courriels", "après l’envoi", 90),
    "links": Retention("invitations et liens personnels", "après leur fin", 30),
    "sessions": Retention("connexions ouvertes à un compte", "après leur fin", 1),
    "tries": Retention("mots de passe essayés, avec l’adresse de la machine", "après l’essai", 1),
    "unverified": Retention("compte dont l’adresse n’a pas été vérifiée", "après l’inscription", 7),
    "copies": Retention("copie de vos données, prête à emporter", "après sa préparation", 7),
    "accesses": Retention("connexions, lectures et actes refusés", "après l’accès", ACCESS_DAYS),
    "presence": Retention("page d’un besoin ouverte à plusieurs", "après la dernière lecture", 1),
    "counts": Retention("décomptes de demandes, par compte et par adresse", "après la minute", 1),
    "keys": Retention("clés des formulaires envoyés", "après l’envoi", 7),
}

# How long data without a term are kept, in French.
ENDS = {
    "account": "jusqu’à l’effacement du compte",
    "role": "tant que la personne tient ce rôle",
    "organisation": "tant que la structure est inscrite",
    "file": "aussi longtemps que le dossier, qui prouve une décision",
    "public": "tant que la fiche est publiée avec l’accord de la personne",
    "click": "jusqu’à ce que la personne l’efface, d’un clic",
    "proof": "sans fin : preuve d’un acte ou d’un document émis",
}


def days(key: str) -> int:
    """Return how many days a term lasts in this installation.

    The term "address" (machines used to sign) comes from `SIGNATURE_YEARS` instead.
    """
    if key == "address":
        return int(settings.SIGNATURE_YEARS * YEAR)
    return int(settings.TERMS_IN_DAYS.get(key, TERMS[key].days))


def duration(key: str) -> timedelta:
    """Return how long a term lasts in this installation."""
    return timedelta(days=days(key))


def notice(key: str) -> timedelta:
    """Return how long before the end of a term the person is notified; zero for no notice."""
    return timedelta(days=TERMS[key].notice)


def faults() -> list[str]:
    """Return the errors of the settings of the terms, in French; [] if there are none."""
    changed = settings.TERMS_IN_DAYS
    unknown = [key for key in changed if key not in TERMS or key == "address"]
    short = [key for key in changed.keys() - unknown if changed[key] <= TERMS[key].notice]
    return [f"EXPLOR_TERM_{key.upper()} : aucune durée n’a ce nom." for key in unknown] + [
        f"EXPLOR_TERM_{key.upper()} : il faut plus de {TERMS[key].notice} jours."
        for key in sorted(short)
    ]
