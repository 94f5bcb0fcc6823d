"""Parsing of a file to take over: guess headings, parse cells, describe errors in French."""

import re
from typing import Any

from explor.actors.member_imports.engine import employment_of
from explor.actors.organisations.engine import check_rna, check_siren, check_siret
from explor.ground.imports import engine as imports
from explor.ground.imports.engine import UnreadableSheet, is_formula, preview_of, records_of
from explor.ground.reference.selectors import find, fold
from explor.journey.missions.states import State

from .forms import ROWS, fields_of

__all__ = [
    "DAYS",
    "LISTS",
    "UnreadableSheet",
    "fields_of",
    "guess",
    "numbers_of",
    "preview_of",
    "records_of",
    "required_of",
    "understood",
]
DAYS = ("start", "end")
LISTS = {"country": "countries", "scheme": "leave_schemes"}
# Other usual headings of each field in French tables, besides its label.
HEADINGS = {
    "reference": ("numero", "n", "no", "ref", "reference", "n de dossier", "numero de dossier",
                  "n mission", "id", "identifiant"),
    "title": ("titre", "titre de la mission", "intitule", "besoin", "titre du besoin", "objet",
              "intitule de la mission", "nom de la mission"),
    "project": ("titre du projet", "nom du projet"),
    "association": ("structure", "porteur", "association porteuse", "beneficiaire",
                    "nom de l association"),
    "association_number": ("siret", "siren", "rna", "n rna", "numero rna", "siret association",
                           "siren association", "n siret", "identifiant de l association"),
    "country": ("pays de la mission", "destination", "pays d intervention"),
    "place": ("ville", "localite", "lieu de la mission", "region"),
    "expert": ("experte", "expert", "experte ou expert", "professionnelle", "prenom et nom",
               "nom de l expert", "volontaire", "personne", "nom"),
    "email": ("email", "e mail", "mail", "courriel", "adresse electronique", "adresse mail",
              "email de l expert", "mail expert"),
    "employment": ("statut", "position", "situation", "contrat"),
    "employer": ("employeur", "entreprise", "collectivite", "organisme employeur"),
    "employer_number": ("siret employeur", "siren employeur", "siret de l employeur"),
    "scheme": ("cadre", "type de conge", "conge", "dispositif", "forme de conge", "cadre legal"),
    "start": ("date de depart", "debut", "date de debut", "du", "parti le"),
    "end": ("date de retour", "fin", "date de fin", "au", "revenu le", "rentre le"),
    "state": ("statut de la mission", "etat de la mission", "avancement", "etape"),
    "signed": ("signee", "deja signe", "convention", "signature", "signe"),
    "partner": ("partenaire", "partenaire local", "structure d accueil"),
    "partner_email": ("email du partenaire", "mail partenaire", "courriel du partenaire"),
    "call": ("appel a projets", "aap", "session", "promotion"),
    "objectives": ("objectif", "objectifs de la mission"),
    "expected_results": ("resultats", "livrables"),
}  # fmt: skip
# Words of each state in the tables of the networks.
STATES = {
    State.CLOSED: ("close", "clos", "cloturee", "cloture", "terminee", "termine", "achevee",
                   "finie", "fini", "soldee"),
    State.RETURNED: ("revenue", "revenu", "rentree", "rentre", "retour", "revenus", "realisee"),
    State.AWAY: ("partie", "parti"),
    State.PREPARING: ("preparee", "prepare", "preparation", "preparer", "prevue", "prevu",
                      "planifiee", "venir", "vert", "programmee"),
}  # fmt: skip
GENERAL = ("mission", "cours", "place")  # « en mission », « préparation en cours »
ENDED = {
    ("annulee", "annule", "abandonnee"): "Une mission annulée ne se reprend pas : rien ne continue "
    "ici.",
    ("interrompue", "interrompu"): "Reprenez une mission interrompue comme « revenue », au jour du "
    "retour.",
    ("distance", "distanciel"): "Une mission à distance ne se reprend pas : elle n’a pas de départ.",
    ("reportee", "reporte", "suspendue"): "Reprenez-la comme « préparée », à ses nouvelles dates.",
}
UNKNOWN_STATE = "Écrivez « préparée », « partie », « revenue » ou « close »."
CLEARANCE = "Le feu vert se donne ici, sur la page de la mission : elle est reprise « préparée »."
YES = ("oui", "o", "1", "vrai", "true", "x", "signee", "signe", "ok", "faite", "fait", "convention",
       "convention signee")  # fmt: skip
NO = ("non", "n", "0", "faux", "false", "a signer", "en cours", "pas encore", "rien", "aucune")


def required_of(what: str) -> list[tuple[str, str]]:
    """Return the (name, label) pairs of the fields that a line must have."""
    fields = ROWS[what]().fields.items()
    return [(name, str(field.label)) for name, field in fields if field.required]


def guess(what: str, names: list[str]) -> dict[str, str]:
    """Return {heading: field} for the headings recognised as names of a field."""
    return imports.guess(fields_of(what), HEADINGS, names)


def understood(what: str, record: dict[str, str]) -> tuple[dict[str, Any] | None, list[list[str]]]:
    """Validate a line; return its values, in JSON types, and its errors as [label, text, reason].

    An association without a name is named by its number, by which it may be known.
    """
    number = record.get("association_number", "").strip()
    if number and not record.get("association", "").strip():
        record = record | {"association": number}
    return imports.understood(ROWS[what], record, _shaped)


def numbers_of(text: str) -> tuple[dict[str, str], str]:
    """Return {field: number} of a SIRET, SIREN or RNA, and why it is none of these, or ""."""
    bare = re.sub(r"[^0-9A-Z]", "", text.upper())
    try:
        if bare.startswith("W"):
            return {"rna": check_rna(bare)}, ""
        if len(bare) == 9:
            return {"siren": check_siren(bare)}, ""
        return ({"siret": check_siret(bare)} if bare else {}), ""
    except ValueError as fault:
        return {}, str(fault)


def _shaped(name: str, text: str) -> tuple[Any, str]:
    """Return the text of a cell in the form that the field `name` accepts, and a fault or ""."""
    text = text.strip()
    if is_formula(text):
        return "", "Cette case ressemble à une formule : elle n’est pas reprise."
    if name in LISTS:
        term = find(LISTS[name], text)
        return (term.code if term else ""), "" if term or not text else "Pas dans la liste."
    if name == "employment":
        return employment_of(text), ""
    if name == "state":
        return _state(text)
    if name == "signed":
        return _signed(text)
    return text, ""


def _state(text: str) -> tuple[str, str]:
    words = set(fold(text).split())
    for names, why in ENDED.items():
        if words & {*names}:
            return "", why
    known = [state for state, names in STATES.items() if words & {*names}]
    if not known and words & {*GENERAL}:
        known = [State.AWAY]
    if len(known) != 1:
        return "", UNKNOWN_STATE
    return known[0].value, CLEARANCE if "vert" in words else ""


def _signed(text: str) -> tuple[bool, str]:
    said = fold(text)
    fault = "" if not said or said in YES or said in NO else "Écrivez oui ou non."
    return said in YES, fault
