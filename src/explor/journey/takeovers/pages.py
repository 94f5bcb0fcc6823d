"""Data and texts of the pages that import missions and budgets begun before Explor."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from explor.actors.experts.models import Employment
from explor.actors.member_imports.engine import fields_of as member_fields
from explor.actors.member_imports.models import What as Members
from explor.ground.http.bounds import stored_day
from explor.ground.http.request import Request
from explor.ground.reference.selectors import label
from explor.ground.ui.amounts import euros
from explor.ground.ui.parts import Panel
from explor.journey.missions.models import Mission
from explor.journey.missions.states import State

from . import engine, rules, selectors
from .models import Takeover, TakeoverLine, What

FAULTS = ("Ligne", "Titre", "Champ", "Valeur", "Ce qui ne va pas")


HELP = (
    ("Feuille", "Où la déposer", "À savoir"),
    ("Associations", "Organisations, Importer un fichier", "Une ligne par association."),
    ("Professionnels", "Organisations, Importer un fichier", "Une ligne par personne."),
    (
        "Missions",
        "Missions, Reprendre l’existant",
        "État : préparée, partie, revenue ou close. Départ et Retour : les jours réels d’une "
        "mission partie, prévus sinon. Convention signée : oui ou non.",
    ),
    (
        "Budgets",
        "Missions, Reprendre l’existant",
        "Mission : son numéro dans Explor, votre numéro ou son titre. Une ligne sans mission, avec "
        "un appel, est l’enveloppe de cet appel. Hors de l’euro : le taux, en unités pour un euro, "
        "et son jour.",
    ),
)


def template_sheets() -> dict[str, list[tuple[str, ...]]]:
    """Return the rows of each sheet of the workbook to fill, by its name."""
    return {
        "Associations": [tuple(member_fields(Members.ASSOCIATIONS).values())],
        "Professionnels": [tuple(member_fields(Members.EXPERTS).values())],
        "Missions": [tuple(engine.fields_of(What.MISSIONS).values())],
        "Budgets": [tuple(engine.fields_of(What.BUDGETS).values())],
        "Mode d’emploi": [*HELP],
    }


def fault_rows(lines: Iterable[TakeoverLine]) -> list[list[object]]:
    """Return one table row per error of the lines: number, title, field, text and reason."""
    return [[line.number, line.title, *fault] for line in lines for fault in line.faults]


def facts_of(batch: Takeover, line: TakeoverLine) -> list[tuple[str, str]]:
    """Return the records of a line, existing or new, then its values, as (label, text) pairs."""
    content, links = line.content or {}, [(name, text) for name, text in line.links]
    shown = {name for name, _ in links}
    fields = engine.fields_of(batch.what).items()
    read = [(heading, _text(name, content[name])) for name, heading in fields if name in content]
    return [*links, *(fact for fact in read if fact[0] not in shown)]


def _text(name: str, value: Any) -> str:
    if name in engine.LISTS:
        return label(engine.LISTS[name], value)
    if name == "employment":
        return str(Employment(value).label)
    if name == "state":
        return str(State(value).label)
    if name in engine.DAYS:
        return f"{stored_day(value):%d/%m/%Y}"
    if name in engine.AMOUNTS:
        return euros(Decimal(value))
    return "oui" if value is True else str(value)


def for_mission(request: Request, mission: Mission) -> Panel | None:
    """Return the panel of a mission that began before Explor, with what is left to complete."""
    if not rules.is_taken_over(mission):
        return None
    line = selectors.made_of(mission)
    context = {"line": line, "left": rules.left_to_complete(mission)}
    return Panel(title="Reprise de l’existant", template="takeovers/_panel.html", context=context)
