"""Rows and texts of the pages of a sheet, and what it adds to the pages of other files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format

from explor.actors.projects.models import Project
from explor.ground.http.actor import Actor
from explor.ground.reference.queries import label
from explor.ground.ui.parts import Panel, ProgressStep, Task
from explor.ground.ui.prose import render

from . import engine, selectors
from .models import ProjectSheet
from .states import State

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
    """Return (name, value) of the general facts, in printing order; blank values are kept."""
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
    """Return (name, value) of the lead organisation of the project."""
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
    """Gather the blank facts on one last line, named after all of them."""
    blank = [name for name, value in facts if not value]
    names = ", ".join([*blank[:1], *(name[0].lower() + name[1:] for name in blank[1:])])
    return [fact for fact in facts if fact[1]] + ([(names, None)] if blank else [])


def sections_of(sheet: Any) -> list[tuple[str, str]]:
    """Return (title, safe HTML) of the long texts; a blank one gives an empty text."""
    return [(title, render(text)) for title, text in texts_of(sheet)]


def texts_of(sheet: Any) -> list[tuple[str, str | None]]:
    """Return (title, Markdown or None) of the long texts."""
    return [(title, getattr(sheet, name)) for name, title in TITLES.items()]


def line_of(value: Any) -> str:
    """Return a value as one line of text; lists are joined by commas, None is empty."""
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)


def review_of(row: ProjectSheet, sheet: engine.Sheet) -> dict[str, Any]:
    """Return the context of the page where a network or an association reads a sheet over."""
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
    """Return (field, where it comes from and when) for each filled field."""
    return [
        (FIELDS[name], f"{source['de']}, {date_format(date.fromisoformat(source['le']))}")
        for name, source in row.sources.items()
        if name in FIELDS
    ]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Run of words that both versions hold, that one lost or that the other gained."""

    kind: Literal["same", "lost", "gained"]
    text: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """Difference of one field between two versions."""

    field: str
    pieces: list[Piece]


@dataclass(frozen=True, kw_only=True)
class Version:
    """One state of a sheet: when it was recorded, and what changed since the one before."""

    at: datetime
    state: str
    changes: list[Change]


def versions(row: ProjectSheet) -> list[Version]:
    """Return every version of a sheet with its changes, latest first."""
    shown = []
    before: dict[str, str] = {}
    for event in selectors.versions_of(row):
        after = _fields_of(event)
        changes = [
            Change(field=name, pieces=list(_pieces(before.get(name, ""), text)))
            for name, text in after.items()
            if text != before.get(name, "") and before
        ]
        shown.append(
            Version(at=event.pgh_created_at, state=State(event.state).label, changes=changes)
        )
        before = after
    return shown[::-1]


def _fields_of(event: Any) -> dict[str, str]:
    """Return the text of each field of a recorded version, by its French name."""
    sheet = engine.sheet_of(event.content)
    named = [("Titre", sheet.title), *facts_of(sheet), *texts_of(sheet)]
    missions = ", ".join(mission["title"] for mission in event.missions)
    return {name: line_of(value) for name, value in named} | {"Missions": missions}


def _pieces(before: str, after: str) -> Iterator[Piece]:
    """Compare two texts word by word."""
    old, new = before.split(), after.split()
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(kind="same", text=" ".join(old[i:j]))
            continue
        if i < j:
            yield Piece(kind="lost", text=" ".join(old[i:j]))
        if k < m:
            yield Piece(kind="gained", text=" ".join(new[k:m]))


def progress_steps(need: Any) -> list[ProgressStep]:
    """Return the last step of the progress bar of a need: its project has a public sheet."""
    sheet = selectors.sheet_of_project(need.project_id)
    if sheet is None or sheet.state != State.PUBLISHED:
        return [ProgressStep(label="Fiche publique", state="next", who="le réseau")]
    url = sheet.get_absolute_url()
    return [ProgressStep(label="Fiche publique", state="done", when=sheet.published_at, url=url)]


def panel_for_network(request: HttpRequest, project: Project) -> Panel:
    """Return the panel of a project where its network writes or opens the sheet."""
    return _panel(project, "sheets/_panel_reseau.html")


def panel_for_association(request: HttpRequest, project: Project) -> Panel:
    """Return the panel of a project that says where its public sheet stands."""
    return _panel(project, "sheets/_panel_association.html")


def panel_for_mission(request: HttpRequest, mission: Any) -> Panel:
    """Return the panel of a mission that leads to the sheet of its project."""
    return _panel(mission.need.project, "sheets/_panel_reseau.html")


def _panel(project: Project, template: str) -> Panel:
    context = {"sheet": selectors.sheet_of_project(project), "project": project}
    return Panel(title="Fiche publique", template=template, context=context)


def tasks_of_association(actor: Actor) -> list[Task]:
    """Return the sheets that an association has to validate, or to confirm once a year."""
    return [
        Task(
            title=row.title,
            url=reverse("sheets:association_sheet", args=[actor.key, row.pk]),
            why="Confirmez que la fiche publique est toujours juste."
            if row.state == State.PUBLISHED
            else "Relisez la fiche publique et validez-la.",
        )
        for row in selectors.waiting_for_association(actor.scope)
    ]


def tasks_of_network(actor: Actor) -> list[Task]:
    """Return the sheets that their association validated and the network has to publish."""
    return [
        Task(
            title=row.title,
            url=reverse("sheets:reseau_sheet", args=[actor.key, row.pk]),
            why="L’association a validé la fiche : publiez-la.",
        )
        for row in selectors.ready_to_publish(actor.scope)
    ]
