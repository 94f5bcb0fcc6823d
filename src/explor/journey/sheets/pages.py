"""Rows, panels, tasks and confirmation texts of the pages of project sheets."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from explor.actors.projects.models import Project
from explor.ground.http.actor import Actor
from explor.ground.http.bounds import stored_day
from explor.ground.reference.selectors import label
from explor.ground.ui.comparison import steps_between
from explor.ground.ui.parts import Panel, ProgressStep, Task
from explor.ground.ui.prose import render
from explor.ground.workflow.pages import Consequence, Effects, Notified, Undo

from . import engine, rules, selectors
from .models import Photo, ProjectSheet
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


def url_of(actor: Actor, sheet: ProjectSheet) -> str:
    """Return the URL of the page of a sheet in the role of `actor`."""
    return reverse(f"sheets:{actor.role}_sheet", args=[actor.key, sheet.pk])


def url_of_project(actor: Actor, project: Project) -> str:
    """Return the URL of the page of a project for its network."""
    return reverse("projects:reseau_project", args=[actor.key, project.pk])


def crumb_of(sheet: ProjectSheet) -> str:
    """Return the number and title of a sheet, for the breadcrumb of its pages."""
    return f"{sheet.file_number} · {sheet.title}"


def filters_of(typed: Mapping[str, str]) -> dict[str, str]:
    """Return the filters `q` and `state` of a query string, "" when absent."""
    return {name: typed.get(name, "").strip() for name in ("q", "state")}


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


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Consecutive words that a change kept ("same"), removed ("lost") or added ("gained")."""

    kind: Literal["same", "lost", "gained"]
    text: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """The differences of one field between two versions of a sheet."""

    field: str
    pieces: list[Piece]


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version of a sheet: its time, its state in words, its changes since the previous one."""

    at: datetime
    state: str
    changes: list[Change]


def versions(events: Iterable[Any], earlier: Any | None) -> list[Version]:
    """Return versions of a sheet with their changes, in the order of `events`.

    Args:
        events: consecutive versions, the latest first.
        earlier: the version just before them, None when they begin the sheet.
    """
    fields = [_fields_of(event) for event in events]
    fields.append(_fields_of(earlier) if earlier else {})
    shown = []
    for event, after, before in zip(events, fields, fields[1:], strict=False):
        changes = [
            Change(field=name, pieces=list(_pieces(before.get(name, ""), text)))
            for name, text in after.items()
            if text != before.get(name, "") and before
        ]
        shown.append(
            Version(at=event.pgh_created_at, state=State(event.state).label, changes=changes)
        )
    return shown


def _fields_of(event: Any) -> dict[str, str]:
    """Return the text of each field of a version of a sheet, by French field name."""
    sheet = engine.sheet_of(event.content)
    named = [("Titre", sheet.title), *facts_of(sheet), *texts_of(sheet)]
    missions = ", ".join(mission["title"] for mission in event.missions)
    return {name: line_of(value) for name, value in named} | {"Missions": missions}


def _pieces(before: str, after: str) -> Iterator[Piece]:
    """Yield the words kept, removed and added from text `before` to text `after`, in order."""
    old, new = before.split(), after.split()
    for tag, i, j, k, m in steps_between(old, new):
        if tag == "equal":
            yield Piece(kind="same", text=" ".join(old[i:j]))
            continue
        if i < j:
            yield Piece(kind="lost", text=" ".join(old[i:j]))
        if k < m:
            yield Piece(kind="gained", text=" ".join(new[k:m]))


def progress_steps(need: Any, seat: int | None = None) -> list[ProgressStep]:
    """Return the last progress bar step of a need: the public sheet of its project."""
    sheet = selectors.sheet_of_project(need.project_id)
    if sheet is None or sheet.state != State.PUBLISHED:
        return [ProgressStep(label="Fiche publique", state="next", who="le réseau")]
    url = sheet.get_absolute_url()
    return [ProgressStep(label="Fiche publique", state="done", when=sheet.published_at, url=url)]


def panel_for_network(request: HttpRequest, project: Project) -> Panel:
    """Return the panel of a project page where its network writes or opens the sheet."""
    return _panel(project, "sheets/_panel_reseau.html")


def panel_for_association(request: HttpRequest, project: Project) -> Panel:
    """Return the panel of a project page that shows the status of its public sheet."""
    return _panel(project, "sheets/_panel_association.html")


def panel_for_mission(request: HttpRequest, mission: Any) -> Panel:
    """Return the panel of a mission page that links to the sheet of the mission's project."""
    return panel_for_network(request, mission.need.project)


def _panel(project: Project, template: str) -> Panel:
    context = {"sheet": selectors.sheet_of_project(project), "project": project}
    return Panel(title="Fiche publique", template=template, context=context)


def tasks_of_association(actor: Actor) -> list[Task]:
    """Return a task for each sheet that an association has to validate or confirm."""
    return [
        Task(
            title=crumb_of(row),
            url=url_of(actor, row),
            why="Confirmez que la fiche publique est toujours juste."
            if row.state == State.PUBLISHED
            else "Relisez la fiche publique et validez-la.",
        )
        for row in selectors.waiting_for_association(actor.scope)
    ]


def tasks_of_network(actor: Actor) -> list[Task]:
    """Return a task for each sheet validated by its association, for the network to publish."""
    return [
        Task(
            title=crumb_of(row),
            url=url_of(actor, row),
            why="L’association a validé la fiche : publiez-la.",
        )
        for row in selectors.ready_to_publish(actor.scope)
    ]


# Texts of the confirmation page of each verb (workflow action).


def notes_of_publish(actor: Actor, sheet: ProjectSheet) -> list[str]:
    """Return a warning when the association has not validated the sheet, else nothing."""
    late = "L’association ne l’a pas encore validée : elle lira votre motif."
    return [late] if rules.lacks_approval(sheet) else []


def effects_of_publish(actor: Actor, sheet: ProjectSheet) -> Effects:
    return Effects(
        happens=(
            Consequence("La fiche est dans l’annuaire et dans les données ouvertes."),
            Consequence("Elle compte comme confirmée à jour.", timezone.localdate()),
            Consequence(
                "Vous serez invités à la confirmer de nouveau.",
                timezone.localdate() + selectors.CONFIRMED_FOR,
            ),
        ),
        notified=(
            Notified(
                "Les personnes qui suivent une recherche de l’annuaire à laquelle elle répond",
                "« Nouvelles fiches projet », au plus une fois par jour",
            ),
        ),
        undo=(Undo("À tout moment", "Vous pouvez retirer la fiche, avec un motif."),),
    )


def effects_of_plan(actor: Actor, sheet: ProjectSheet) -> Effects:
    return Effects(
        happens=(
            Consequence("La fiche se publie toute seule.", "Le matin du jour choisi"),
            Consequence("Sans la validation de l’association, elle l’attend encore.", "Ce jour-là"),
        ),
        undo=(
            Undo("Jusqu’à ce jour", "Vous pouvez choisir un autre jour, ou publier tout de suite."),
        ),
    )


def effects_of_confirm(actor: Actor, sheet: ProjectSheet) -> Effects:
    return Effects(
        happens=(
            Consequence("La fiche est dite à jour.", timezone.localdate()),
            Consequence(
                "La question sera posée de nouveau.", timezone.localdate() + selectors.CONFIRMED_FOR
            ),
        ),
    )


def effects_of_withdraw(actor: Actor, sheet: ProjectSheet) -> Effects:
    return Effects(
        happens=(
            Consequence("La fiche n’est plus dans l’annuaire."),
            Consequence("Son adresse dit que le réseau l’a retirée."),
        ),
        undo=(Undo("À tout moment", "Vous pouvez la publier de nouveau, à la même adresse."),),
    )


def effects_of_approve(actor: Actor, sheet: ProjectSheet) -> Effects:
    return Effects(
        happens=(
            Consequence("La fiche est validée.", timezone.localdate()),
            Consequence("Votre réseau peut la publier."),
        ),
        notified=(Notified("Votre réseau", "« Fiche validée »"),),
        undo=(
            Undo(
                "Jusqu’à la publication",
                "Signalez une correction : si le réseau corrige la fiche, vous la validez de "
                "nouveau.",
            ),
        ),
    )


def effects_of_ask_correction(actor: Actor, sheet: ProjectSheet) -> Effects:
    return Effects(
        happens=(Consequence("La fiche ne change pas tant que le réseau ne la corrige pas."),),
        notified=(
            Notified("Votre réseau", "« Une fiche est à corriger », et ce que vous écrivez"),
        ),
    )


def effects_of_write(actor: Actor, project: Project) -> Effects:
    """Return the effects of writing a sheet, which differ when the sheet already exists."""
    happens = [
        Consequence("La fiche reprend la description du projet et ce que disent ses missions.")
    ]
    sheet = selectors.sheet_of_project(project)
    if sheet is None:
        return Effects(
            happens=[*happens, Consequence("Vous la relirez avant de la publier.")],
            notified=(Notified("L’association", "« Votre fiche projet est à relire »"),),
        )
    replaced = "Ce que vous avez corrigé sur la fiche est remplacé ; ses versions restent lisibles."
    if sheet.state == State.PUBLISHED:
        happens.append(Consequence("La fiche publiée change aussitôt."))
    return Effects(happens=[*happens, Consequence(replaced)])


def effects_of_rename(actor: Actor, sheet: ProjectSheet) -> Effects:
    return Effects(
        happens=(Consequence("La fiche a une nouvelle adresse ; l’ancienne y mène."),),
        undo=(Undo("À tout moment", "Vous pouvez changer l’adresse de nouveau."),),
    )


def effects_of_remove_photo(actor: Actor, photo: Photo) -> Effects:
    gone = "La photographie quitte la fiche et son fichier est effacé."
    return Effects(happens=(Consequence(gone),))
