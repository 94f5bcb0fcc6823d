"""Parsing of a file of members: guess headings, parse cells, describe errors in French."""

import re
from typing import Any

from django import forms

from explor.actors.experts.models import Employment
from explor.ground.imports import engine as imports
from explor.ground.imports.engine import UnreadableSheet, is_formula, preview_of, records_of
from explor.ground.reference.selectors import find, fold

from .forms import LINES, fields_of

__all__ = [
    "DAYS",
    "LISTS",
    "UnreadableSheet",
    "blank_of",
    "employment_of",
    "fields_of",
    "guess",
    "headings_of",
    "preview_of",
    "records_of",
    "required_of",
    "understood",
]
DAYS = ("founded_on", "cer_signed_on", "employed_since", "contract_ends")
LISTS = {"countries": "countries", "sectors": "sectors", "schemes": "leave_schemes"}
SPLIT = re.compile(r"[;|\n]|,(?!\d)")
# Other common headings of each field in French tables, besides its label.
HEADINGS = {
    "name": ("nom", "association", "structure", "organisation", "raison sociale", "denomination",
             "entreprise", "employeur", "nom de l association", "nom complet", "prenom nom",
             "nom prenom", "nom et prenom"),
    "siret": ("siret", "n siret", "numero siret"),
    "siren": ("siren", "n siren", "numero siren"),
    "rna": ("rna", "n rna", "numero rna", "numero w", "waldec"),
    "address": ("adresse", "rue", "adresse postale", "siege"),
    "postcode": ("code postal", "cp", "codepostal"),
    "city": ("commune", "ville", "localite"),
    "website": ("site", "site web", "site internet", "url", "web"),
    "representative": ("president", "presidente", "presidence", "representant", "representante",
                       "representant legal", "president e"),
    "structure_type": ("type", "type de structure", "forme"),
    "founded_on": ("creation", "date de creation", "creee le", "annee de creation"),
    "purpose": ("objet", "description", "activite", "mission"),
    "countries": ("pays", "pays d intervention", "pays connus", "zones"),
    "sectors": ("secteurs", "secteur", "themes", "theme", "thematiques", "domaines"),
    "headcount": ("effectif", "effectifs", "salaries", "nombre de salaries", "emplois", "etp"),
    "members_count": ("adherents", "nombre d adherents", "membres", "nombre de membres"),
    "cer_signed_on": ("cer", "contrat d engagement republicain", "cer signe le"),
    "general_interest": ("interet general", "d interet general"),
    "is_public": ("public", "employeur public", "collectivite"),
    "inhabitants": ("habitants", "population", "nombre d habitants"),
    "job_families": ("metiers", "familles de metiers"),
    "schemes": ("cadres", "cadres acceptes", "frames"),
    "contact_name": ("contact", "nom du contact", "referent", "referente", "interlocuteur"),
    "contact_email": ("email", "e mail", "mail", "courriel", "adresse electronique", "adresse mail",
                      "email contact", "mail contact", "contact email"),
    "email": ("email", "e mail", "mail", "courriel", "adresse electronique", "adresse mail"),
    "job": ("metier", "profession", "fonction", "poste", "emploi"),
    "employer": ("employeur", "entreprise", "structure", "organisme", "collectivite"),
    "employment": ("statut", "contrat", "situation"),
    "employed_since": ("en poste depuis", "date d embauche", "anciennete"),
    "contract_ends": ("fin de contrat", "fin du contrat", "date de fin", "echeance"),
    "part_time": ("temps partiel", "a temps partiel", "temps de travail"),
    "summary": ("presentation", "profil", "resume"),
    "experiences": ("experiences", "experience", "parcours"),
    "skills": ("competences", "competence", "savoir faire"),
    "languages": ("langues", "langue", "langues parlees"),
}  # fmt: skip
# Words of each status in French tables. The first status that has a word in the cell wins: «
# fonctionnaire retraité » is retired, « contractuelle en CDD » has a contract.
EMPLOYMENTS = {
    Employment.RETIRED: ("retraite", "retraitee"),
    Employment.ON_DISPONIBILITE: ("disponibilite", "dispo"),
    Employment.APPRENTICE: ("apprenti", "apprentie", "apprentissage"),
    Employment.TRAINEE: ("stagiaire",),
    Employment.CONTRACT: ("contractuel", "contractuelle"),
    Employment.TENURED: ("titulaire", "fonctionnaire"),
    Employment.JOB_SEEKER: ("demandeur", "demandeuse", "recherche", "chomage", "chomeur",
                            "chomeuse"),
    Employment.SELF_EMPLOYED: ("independant", "independante", "liberal", "liberale", "freelance",
                               "autoentrepreneur", "autoentrepreneuse"),
    Employment.FIXED_TERM: ("cdd",),
    Employment.EMPLOYEE: ("cdi", "salarie", "salariee", "prive"),
    Employment.UNPAID: ("benevole",),
}  # fmt: skip
PART_TIME = {
    True: ("oui", "o", "1", "vrai", "true", "x", "partiel", "temps partiel", "mi temps"),
    False: ("non", "n", "0", "faux", "false", "plein", "temps plein", "complet", "temps complet"),
}


def headings_of(what: str) -> set[str]:
    """Return the folded headings by which the sheet of a workbook is found: those of no other."""
    labels = {each: {fold(label) for label in fields_of(each).values()} for each in LINES}
    others = (names for each, names in labels.items() if each != what)
    return labels[what].difference(*others)


def required_of(what: str) -> list[tuple[str, str]]:
    """Return the (name, label) pairs of the fields that a line must have.

    Args:
        what: whether the lines are associations, employers or experts, a value of `What`.
    """
    fields = LINES[what]().fields.items()
    return [(name, str(field.label)) for name, field in fields if field.required]


def guess(what: str, names: list[str]) -> dict[str, str]:
    """Return {heading: field} for the headings recognised as names of a field.

    Args:
        what: whether the lines are associations, employers or experts, a value of `What`.
        names: the headings of the file.
    """
    # In a file of experts the heading « Structure » means the employer, otherwise the association.
    fields = fields_of(what)
    order = sorted(fields, key=lambda name: name != "employer")
    return imports.guess({name: fields[name] for name in order}, HEADINGS, names)


def blank_of(what: str) -> forms.Form:
    """Return the form that validates the lines of a file, to build once for all of them."""
    return LINES[what]()


def understood(
    what: str, record: dict[str, str], blank: forms.Form | None = None
) -> tuple[dict[str, Any] | None, list[list[str]]]:
    """Validate a line; return (values in JSON types, errors as [label, text, reason]).

    An invalid optional field is left out of the values; if a required field is invalid, the values
    are None.

    Args:
        what: whether the lines are associations, employers or experts, a value of `What`.
        record: {field name: text of the cell}.
        blank: the form of `blank_of`; a new one by default.
    """
    return imports.understood(blank or blank_of(what), record, _shaped)


def _shaped(name: str, text: str) -> tuple[Any, str]:
    """Return (value for the form field `name`, error in French or "") for the text of a cell."""
    text = text.strip()
    if is_formula(text):
        return "", "Cette case ressemble à une formule : elle n’est pas reprise."
    if name in LISTS:
        return _terms(LISTS[name], text)
    if name in ("languages", "job_families", "skills", "experiences"):
        return "\n".join(part.strip() for part in re.split(r"[;|\n]", text) if part.strip()), ""
    if name in ("is_public", "general_interest"):
        return fold(text) in ("oui", "o", "1", "vrai", "true", "x", "public"), ""
    if name == "employment":
        return employment_of(text), ""
    if name == "part_time":
        return _part_time(text)
    if name == "structure_type":
        term = find("structure_types", text)
        fault = "" if term or not text else "Ce type n’est pas dans la liste."
        return (term.code if term else ""), fault
    if name == "postcode" and re.fullmatch(r"\d{4}", text):
        return f"0{text}", ""  # spreadsheets drop the leading zero of a postcode such as 01000
    if name in ("founded_on", "employed_since") and re.fullmatch(r"(19|20)\d\d", text):
        return f"{text}-01-01", ""
    return text, ""


def employment_of(text: str) -> str:
    """Return the value of `Employment` that a cell means, or the text itself if none matches."""
    words = set(fold(text).split())
    known = (status.value for status, names in EMPLOYMENTS.items() if words & {*names})
    return next(known, text)


def _part_time(text: str) -> tuple[str, str]:
    """Return (value of the field "part_time", error in French or "") for the text of a cell.

    The cell means yes or no; a blank gives ("", ""), any other text an error.
    """
    known = (str(value) for value, words in PART_TIME.items() if fold(text) in words)
    value = next(known, "")
    return value, "" if value or not text else "Écrivez oui ou non."


def _terms(name: str, text: str) -> tuple[list[str], str]:
    parts = [part.strip() for part in SPLIT.split(text) if part.strip()]
    terms = [(part, find(name, part)) for part in parts]
    unknown = ", ".join(part for part, term in terms if term is None)
    codes = list(dict.fromkeys(term.code for _, term in terms if term))
    return codes, f"Pas dans la liste : {unknown}." if unknown else ""
