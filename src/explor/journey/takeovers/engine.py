"""Parsing of a file to take over: guess headings, parse cells, describe errors in French."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from explor.actors.experts.models import Employment
from explor.actors.member_imports.engine import employment_of
from explor.actors.organisations.engine import check_rna, check_siren, check_siret
from explor.engines.french.amounts import Unit, read_amount, unit_of
from explor.engines.french.currencies import currency_of
from explor.ground.imports import engine as imports
from explor.ground.imports.engine import UnreadableSheet, is_formula, preview_of, records_of
from explor.ground.reference.selectors import find, fold, label
from explor.journey.missions.states import State

from .forms import ROWS, fields_of
from .models import What

__all__ = [
    "DAYS",
    "LISTS",
    "UnreadableSheet",
    "blank_of",
    "fields_of",
    "guess",
    "headings_of",
    "numbers_of",
    "preview_of",
    "records_of",
    "required_of",
    "understood",
]
SPAN = ("start", "end")
DAYS = (*SPAN, "rate_on", "on")
LISTS = {"country": "countries", "scheme": "leave_schemes", "heading": "budget_headings"}
AMOUNTS = ("planned", "committed", "paid")
CENT = Decimal("0.01")
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
    "mission": ("mission ou titre", "n de mission", "numero de mission", "n", "titre", "dossier",
                "numero", "reference de la mission", "titre de la mission"),
    "funder": ("bailleur", "source", "origine", "subvention", "financeurs"),
    "heading": ("poste de depense", "nature", "categorie", "rubrique", "libelle", "depense"),
    "planned": ("prevu", "budget", "montant", "montant prevu", "previsionnel", "budgete"),
    "committed": ("engage", "montant engage", "accorde", "notifie"),
    "paid": ("paye", "depense reelle", "realise", "montant paye", "verse", "regle"),
    "currency": ("devise", "unite"),
    "rate": ("taux de change", "change"),
    "rate_on": ("date du taux",),
    "on": ("le", "date de paiement", "date d engagement", "paye le"),
    "note": ("commentaire", "remarque", "observations"),
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
    (
        "distance",
        "distanciel",
    ): "Une mission à distance ne se reprend pas : elle n’a pas de départ.",
    ("reportee", "reporte", "suspendue"): "Reprenez-la comme « préparée », à ses nouvelles dates.",
}
# Words of each leave scheme; where two share words, that of officials is first.
SCHEMES = {
    "mise a disposition": ("MAD", "PMO"),
    "mecenat": ("MCF", "MCP"),
    "mecenat de competences": ("MCF", "MCP"),
    **dict.fromkeys(("conge", "conges", "conge paye", "conges payes", "rtt"), ("CP",)),
    **dict.fromkeys(("compte epargne temps", "epargne temps"), ("CET",)),
    **dict.fromkeys(("conge de solidarite", "conge solidaire"), ("CSI",)),
    **dict.fromkeys(("pret de main d oeuvre", "pret de main d œuvre"), ("PMO",)),
    **dict.fromkeys(("sans solde", "conge sans solde", "disponibilite", "dispo"), ("CSS",)),
    **dict.fromkeys(("ordre de mission", "en mission"), ("OM",)),
    **dict.fromkeys(("benevolat", "benevole"), ("BSE",)),
}
OFFICIALS = (Employment.TENURED, Employment.TRAINEE, Employment.CONTRACT)
EMPLOYEES = (Employment.EMPLOYEE, Employment.FIXED_TERM, Employment.APPRENTICE)
UNKNOWN_STATE = "Écrivez « préparée », « partie », « revenue » ou « close »."
CLEARANCE = "Le feu vert se donne ici, sur la page de la mission : elle est reprise « préparée »."
YES = ("oui", "o", "1", "vrai", "true", "x", "signee", "signe", "ok", "faite", "fait", "convention",
       "convention signee")  # fmt: skip
NO = ("non", "n", "0", "faux", "false", "a signer", "en cours", "pas encore", "rien", "aucune")


# Labels that the other sheets of the template have too.
SHARED = {"mission", "appel", "date", "note", "son adresse electronique"}


def headings_of(what: str) -> set[str]:
    """Return the folded headings by which the sheet of a workbook is found."""
    return {fold(label) for label in fields_of(what).values()} - SHARED


def required_of(what: str) -> list[tuple[str, str]]:
    """Return the (name, label) pairs of the fields that each line of a file must have.

    `what` is a value of `What`, as in the other functions.
    """
    fields = ROWS[what]().fields.items()
    return [(name, str(field.label)) for name, field in fields if field.required]


def guess(what: str, names: list[str]) -> dict[str, str]:
    """Return {heading: field} for the headings recognised, « Prévu (€) » included."""
    fields = fields_of(what)
    guessed = imports.guess(fields, HEADINGS, names)
    for name in names:
        if name not in guessed:
            bare = re.sub(r"[(\[].*?[)\]]", " ", name)
            (field,) = imports.guess(fields, HEADINGS, [bare]).values() or ("",)
            if field in AMOUNTS and field not in guessed.values():
                guessed[name] = field
    return guessed


def blank_of(what: str) -> forms.Form:
    """Return the form that validates the lines of a file, to build once for all of them."""
    return ROWS[what]()


def understood(
    what: str, record: dict[str, str], chosen: Mapping[str, str], blank: forms.Form
) -> tuple[dict[str, Any] | None, list[list[str]]]:
    """Validate a line; return its values, in JSON types, and its errors as [label, text, reason].

    An association without a name is named by its number, by which it may be known. No line loses an
    amount: a value that is not understood refuses the line.

    Args:
        what: whether the lines are missions or lines of budget, a value of `What`.
        record: the text of each field.
        chosen: the field of each heading, which may say the unit of its amounts.
        blank: the form of `blank_of`.
    """
    if what == What.BUDGETS:
        return _budget(record, {field: heading for heading, field in chosen.items()}, blank)
    number = record.get("association_number", "").strip()
    if number and not record.get("association", "").strip():
        record = record | {"association": number}
    content, faults = imports.understood(blank, record, _shaped)
    return _with_scheme(content, faults, record)


def _budget(
    record: dict[str, str], headings: Mapping[str, str], blank: forms.Form
) -> tuple[dict[str, Any] | None, list[list[str]]]:
    """Validate a line of budget; its amounts become euros."""
    labels = fields_of(What.BUDGETS)
    amounts, refused = _amounts(record, headings)
    texts = {name: text for name, text in record.items() if name not in AMOUNTS}
    content, faults = imports.understood(blank, texts, _shaped)
    if not record.get("mission", "").strip() and not record.get("call", "").strip():
        refused.append([labels["mission"], "", "Dites la mission, ou l’appel d’une enveloppe."])
    if not refused and not any(amounts.get(name) for name in AMOUNTS):
        refused.append([labels["planned"], "", "Aucun montant sur cette ligne."])
    for name in AMOUNTS:
        if amounts.get(name, Decimal(0)) >= 10**8:
            refused.append([labels[name], record[name][:120], "Ce montant est trop grand."])
    if amounts["currency"] != "EUR" and content is not None and not content.get("rate_on"):
        refused.append([labels["rate_on"], record.get("rate_on", "")[:120], RATE])
    if refused or content is None:
        return None, [*refused, *faults]
    amounts_as_text = {name: str(value) for name, value in amounts.items()}
    return content | amounts_as_text, faults


RATE = "Une autre monnaie que l’euro se reprend avec son taux (unités pour un euro) et son jour."


def _amounts(
    record: Mapping[str, str], headings: Mapping[str, str]
) -> tuple[dict[str, Any], list[list[str]]]:
    """Return the amounts of a line in euros, `currency` and `original`, what was paid in it."""
    labels = fields_of(What.BUDGETS)
    amounts: dict[str, Any] = {"currency": "EUR"}
    faults: list[list[str]] = []
    try:
        declared = _currency(record.get("currency", ""))
    except ValueError as fault:
        return amounts, [[labels["currency"], record["currency"][:120], f"{fault}."]]
    currencies = set()
    for name in AMOUNTS:
        typed = record.get(name, "").strip()
        if not typed:
            continue
        try:
            amounts[name], currency = _amount(typed, headings.get(name, ""), declared)
        except ValueError as fault:
            faults.append([labels[name], typed[:120], f"{str(fault)[:1].upper()}{str(fault)[1:]}."])
        else:
            currencies |= {currency}
    if len(currencies) > 1:
        faults.append([labels["currency"], "", f"Deux monnaies : {', '.join(sorted(currencies))}."])
    elif currencies - {"EUR"} and not faults:
        amounts["currency"] = currencies.pop()
        faults += _in_euros(amounts, record.get("rate", ""), labels["rate"])
    return amounts, faults


def _currency(typed: str) -> str:
    """Return the code of the currency that a column says, "" when it is blank."""
    return currency_of(typed.strip(), ())[0] if typed.strip() else ""


def _amount(typed: str, heading: str, declared: str) -> tuple[Decimal, str]:
    """Return an amount and its currency; raise ValueError when it has two readings."""
    if is_formula(typed) and not typed.startswith("-"):
        raise ValueError("cette case ressemble à une formule")
    unit = unit_of(heading)
    if declared:
        unit = Unit(currency=declared, factor=unit.factor)
    amount = read_amount(typed, unit=unit, strict=True)
    return amount.value, amount.currency or "EUR"


def _in_euros(amounts: dict[str, Any], typed: str, label: str) -> list[list[str]]:
    """Convert the amounts by a rate, in units for one euro; keep what was paid in the currency."""
    try:
        rate = Decimal("".join(typed.split()).replace(",", "."))
    except InvalidOperation:
        rate = Decimal(0)
    if not rate.is_finite() or rate <= 0:
        return [[label, typed[:120], RATE]]
    if "paid" in amounts:
        amounts["original"] = amounts["paid"]
    for name in AMOUNTS:
        if name in amounts:
            amounts[name] = (amounts[name] / rate).quantize(CENT)
    return []


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
    if name == "rate":
        return text.replace(".", ","), ""
    if name == "currency":
        return "", ""  # read with the amounts
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


def _with_scheme(
    content: dict[str, Any] | None, faults: list[list[str]], record: Mapping[str, str]
) -> tuple[dict[str, Any] | None, list[list[str]]]:
    """Add the scheme that usual words mean, which the status of the person may settle."""
    text = record.get("scheme", "").strip()
    codes = SCHEMES.get(fold(text), ())
    if content is None or not codes:
        return content, faults
    heading = fields_of(What.MISSIONS)["scheme"]
    faults = [fault for fault in faults if fault[0] != heading]
    employment = content.get("employment", "")
    if len(codes) > 1 and employment in (*OFFICIALS, *EMPLOYEES):
        codes = codes[employment in EMPLOYEES :][:1]
    if len(codes) > 1:
        both = " ou ".join(f"« {label(LISTS['scheme'], code)} »" for code in codes)
        return content, [
            *faults,
            [heading, text, f"Deux cadres possibles : {both}. Écrivez lequel."],
        ]
    return content | {"scheme": codes[0]}, faults


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
    answer = fold(text)
    fault = "" if not answer or answer in YES or answer in NO else "Écrivez oui ou non."
    return answer in YES, fault
