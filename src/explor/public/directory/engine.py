"""Between the rows of the directory and the sheets of the interchange engine."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from explor.actors.projects.models import Project
from explor.engines.interchange import (
    Carrier,
    Goal,
    Link,
    Money,
    PartialDate,
    Reading,
    Sheet,
    StructureType,
    UnreadableSheet,
    read_bytes,
    status_on,
    write_sheet,
)
from explor.engines.interchange.json_sheet import sheet_from_json, sheet_to_json
from explor.engines.interchange.jsonld import to_jsonld
from explor.ground.reference.queries import find, label, terms

__all__ = [
    "Carrier",
    "Goal",
    "PartialDate",
    "Reading",
    "Sheet",
    "StructureType",
    "UnreadableSheet",
    "columns_of",
    "content_of",
    "read_bytes",
    "sheet_of",
    "sheet_of_project",
    "status_of",
    "text_of",
    "to_jsonld",
    "write_sheet",
]
SECTIONS = ("context", "audiences", "local_partners", "objectives", "activities", "results")


def sheet_of(content: dict[str, Any]) -> Sheet:
    """The sheet kept in a row."""
    return sheet_from_json(content)


def content_of(sheet: Sheet) -> dict[str, Any]:
    """What a row keeps of a sheet: all of it."""
    return sheet_to_json(sheet)


def text_of(sheet: Sheet, form: str) -> str:
    """The sheet written in one of the formats « md », « json », « jsonld »."""
    if form == "md":
        return write_sheet(sheet)
    told = sheet_to_json(sheet) if form == "json" else to_jsonld(sheet)
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def status_of(sheet: Sheet, on: date | None = None) -> str:
    """« à venir », « en cours »... as the dates tell; "" when they do not."""
    found = status_on(
        on or timezone.localdate(), start=sheet.start, end=sheet.end, declared=sheet.status
    )
    return str(found) if found else ""


def columns_of(sheet: Sheet) -> dict[str, Any]:
    """The columns that lists, filters and search read."""
    others = (sheet.context, sheet.audiences, sheet.local_partners, sheet.activities, sheet.results)
    return {
        "title": (sheet.title or "Projet sans titre")[:250],
        "carrier": (sheet.carrier.name or "")[:200],
        "locality": (sheet.locality or "")[:200],
        "countries": _codes("countries", sheet.countries),
        "sectors": _codes("sectors", sheet.sectors),
        "sdgs": [goal.number for goal in sheet.goals],
        "year": sheet.start.year if sheet.start else None,
        "start_on": sheet.start.first_day() if sheet.start else None,
        "end_on": sheet.end.last_day() if sheet.end else None,
        "purpose": sheet.objectives or "",
        "rest": "\n".join(filter(None, others)),
    }


def sheet_of_project(project: Project) -> Sheet:
    """The sheet that a project writes of itself, with its association as carrier."""
    budget = None
    if project.budget is not None:
        budget = Money(amount=project.budget, currency=project.currency)
    return Sheet(
        title=project.title,
        start=_partial(project.start),
        end=_partial(project.end),
        locality=project.locality or None,
        zones=_labels("zones", project.zones),
        countries=_labels("countries", project.countries),
        budget=budget,
        regional_funders=tuple(project.regional_funders),
        national_funders=tuple(project.national_funders),
        other_funders=tuple(project.other_funders),
        sectors=_labels("sectors", project.sectors),
        goals=tuple(Goal(number=number) for number in project.sdgs),
        carrier=_carrier(project),
        links=(Link(label=project.link, url=project.link),) if project.link else (),
        **{name: getattr(project, name) or None for name in SECTIONS},
    )


def _carrier(project: Project) -> Carrier:
    association = project.association
    kind = terms("structure_types").get(association.structure_type)
    types: tuple[StructureType, ...] = ()
    if kind:
        family = terms("structure_types").get(kind.parent)
        types = (StructureType(type=kind.label, family=family.label if family else None),)
    place = " ".join(filter(None, [association.postcode, association.city]))
    return Carrier(
        name=association.name,
        structure_types=types,
        countries=_labels("countries", association.countries),
        sectors=_labels("sectors", association.sectors),
        address=", ".join(filter(None, [association.address, place])) or None,
        representative=association.representative or None,
    )


def _partial(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _labels(name: str, codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(label(name, code) for code in codes)


def _codes(name: str, labels: Iterable[str]) -> list[str]:
    found = (find(name, each) for each in labels)
    return [term.code for term in found if term]
