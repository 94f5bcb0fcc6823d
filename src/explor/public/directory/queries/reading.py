"""A sheet, shaped to be read."""

from typing import Any

from explor.ground.common.prose import render
from explor.ground.reference.queries import label

TITLES = {
    "context": "Contexte",
    "audiences": "Publics concernés",
    "local_partners": "Partenaires locaux",
    "objectives": "Objectifs du projet",
    "activities": "Activités",
    "results": "Résultats",
}

# Every field of a sheet by its name in files.
FIELDS = TITLES | {
    "title": "Titre",
    "status": "Statut",
    "start": "Date de début",
    "end": "Date de fin",
    "locality": "Localité",
    "zones": "Zones d’intervention",
    "countries": "Pays d’intervention",
    "budget": "Budget",
    "regional_funders": "Financeurs régionaux",
    "national_funders": "Financeurs nationaux",
    "other_funders": "Autres financeurs",
    "sectors": "Secteurs d’intervention",
    "goals": "Objectifs de développement durable",
    "carrier": "Porteur du projet",
    "links": "Liens",
}


def facts_of(sheet: Any) -> list[tuple[str, Any]]:
    """The general facts of a sheet in the order it prints them; blanks stay."""
    return [
        ("Date de début", sheet.start),
        ("Date de fin", sheet.end),
        ("Localité", sheet.locality),
        ("Zones d’intervention", sheet.zones),
        ("Pays d’intervention", sheet.countries),
        ("Budget", sheet.budget),
        ("Financeurs régionaux", sheet.regional_funders),
        ("Financeurs nationaux", sheet.national_funders),
        ("Autres financeurs", sheet.other_funders),
        ("Secteurs d’intervention", sheet.sectors),
        (
            "Objectifs de développement durable",
            [f"{goal.number}. {label('sdgs', str(goal.number))}" for goal in sheet.goals],
        ),
    ]


def carrier_facts_of(sheet: Any) -> list[tuple[str, Any]]:
    """Who carries the project."""
    kinds = [", ".join(filter(None, [k.type, k.family])) for k in sheet.carrier.structure_types]
    return [
        ("Nom", sheet.carrier.name),
        ("Type de structure", kinds),
        ("Pays d’intervention", sheet.carrier.countries),
        ("Secteurs d’intervention", sheet.carrier.sectors),
        ("Adresse", sheet.carrier.address),
        ("Représentante ou représentant", sheet.carrier.representative),
    ]


def folded(facts: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The same facts, the blank ones on one last line under all their names."""
    blank = [name for name, value in facts if not value]
    names = ", ".join([*blank[:1], *(name[0].lower() + name[1:] for name in blank[1:])])
    return [fact for fact in facts if fact[1]] + ([(names, None)] if blank else [])


def sections_of(sheet: Any) -> list[tuple[str, str]]:
    """The long texts, as safe HTML; a blank one is kept as such."""
    return [(title, render(text)) for title, text in texts_of(sheet)]


def texts_of(sheet: Any) -> list[tuple[str, str | None]]:
    """The long texts under their titles, as they are written."""
    return [(title, getattr(sheet, name)) for name, title in TITLES.items()]
