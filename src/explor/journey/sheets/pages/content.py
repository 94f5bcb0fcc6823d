"""Content of a sheet formatted for pages: its facts, its texts and their sources."""

from typing import Any

from explor.ground.http.bounds import stored_day
from explor.ground.reference.selectors import label
from explor.ground.ui.days import date_format
from explor.ground.ui.prose import render

from .. import engine
from ..models import ProjectSheet

TITLES = {
    "context": "Contexte",
    "audiences": "Publics concernés",
    "local_partners": "Partenaires locaux",
    "objectives": "Objectifs du projet",
    "activities": "Activités",
    "results": "Résultats",
}


# French name of every field of a sheet, by its name in the interchange format.
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
    "lead_organisation": "Porteur du projet",
    "links": "Liens",
}


def facts_of(sheet: Any) -> list[tuple[str, Any]]:
    """Return the general facts of a sheet as (name, value) pairs, blank values included."""
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


def lead_organisation_facts_of(sheet: Any) -> list[tuple[str, Any]]:
    """Return the facts about the lead organisation as (name, value) pairs."""
    kinds = [
        ", ".join(filter(None, [k.type, k.family])) for k in sheet.lead_organisation.structure_types
    ]
    return [
        ("Nom", sheet.lead_organisation.name),
        ("Type de structure", kinds),
        ("Pays d’intervention", sheet.lead_organisation.countries),
        ("Secteurs d’intervention", sheet.lead_organisation.sectors),
        ("Adresse", sheet.lead_organisation.address),
        ("Représentante ou représentant", sheet.lead_organisation.representative),
    ]


def folded(facts: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Return the facts that have a value, then one for all the blank ones: (their names, None).

    Facts are (name, value) pairs; nothing is added when none is blank.
    """
    blank = [name for name, value in facts if not value]
    names = ", ".join([*blank[:1], *(name[0].lower() + name[1:] for name in blank[1:])])
    return [fact for fact in facts if fact[1]] + ([(names, None)] if blank else [])


def sections_of(sheet: Any) -> list[tuple[str, str]]:
    """Return the long texts as (title, sanitized HTML) pairs; a blank text gives ""."""
    return [(title, render(text)) for title, text in texts_of(sheet)]


def texts_of(sheet: Any) -> list[tuple[str, str | None]]:
    """Return the long texts as (title, Markdown or None) pairs."""
    return [(title, getattr(sheet, name)) for name, title in TITLES.items()]


def line_of(value: Any) -> str:
    """Return a value as one line of text: lists joined by commas, "" for None."""
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)


def review_of(row: ProjectSheet, sheet: engine.Sheet) -> dict[str, Any]:
    """Return the context of the page where a network or an association reviews a sheet.

    Keys: `sheet`, `facts`, `lead_organisation`, `sections`, `blank` (titles of blank texts),
    `photos` and `sources`.
    """
    sections = sections_of(sheet)
    return {
        "sheet": sheet,
        "facts": facts_of(sheet),
        "lead_organisation": lead_organisation_facts_of(sheet),
        "sections": [each for each in sections if each[1]],
        "blank": [title for title, html in sections if not html],
        "photos": list(row.photos.all()),
        "sources": sources_of(row),
    }


def sources_of(row: ProjectSheet) -> list[tuple[str, str]]:
    """Return (French name, "source, date") for each filled field of a sheet."""
    return [
        (FIELDS[name], f"{source['de']}, {date_format(stored_day(source['le']))}")
        for name, source in row.sources.items()
        if name in FIELDS
    ]
