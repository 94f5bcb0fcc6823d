"""Bridge between the `ProjectSheet` rows and the `Sheet` objects of the interchange engine."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.utils import timezone

from explor.actors.projects.models import Project
from explor.engines.formats import (
    Goal,
    LeadOrganisation,
    Link,
    Money,
    PartialDate,
    Reading,
    Sheet,
    Status,
    StructureType,
    UnreadableSheet,
    read_bytes,
    status_on,
    write_sheet,
)
from explor.engines.formats import kind_of as raw_kind_of
from explor.engines.formats import readings as raw_readings
from explor.engines.formats.iati import dac_sector
from explor.engines.formats.sheets import KINDS as FIELD_KINDS
from explor.engines.formats.sheets import LABELS as FIELD_LABELS
from explor.engines.formats.sheets import (
    corrected,
    script_text,
    sheet_from_json,
    sheet_to_json,
    texts_of,
    to_jsonld,
)
from explor.engines.formats.tables import COLUMN_LABELS as COLUMN_FIELDS
from explor.ground.http.turns import turn
from explor.ground.reference.selectors import department_of, find, fold, label, labels_of, terms

__all__ = [
    "COLUMN_FIELDS",
    "FIELD_KINDS",
    "FIELD_LABELS",
    "UNTITLED",
    "Goal",
    "LeadOrganisation",
    "Money",
    "PartialDate",
    "Reading",
    "Sheet",
    "Status",
    "StructureType",
    "UnreadableSheet",
    "codes",
    "columns_of",
    "content_of",
    "corrected",
    "kind_of",
    "read_bytes",
    "readings",
    "script_of",
    "sheet_of",
    "sheet_of_project",
    "status_of",
    "status_of_days",
    "text_of",
    "texts_of",
    "to_jsonld",
    "write_sheet",
]
LONGEST = 30  # years indexed at most for one project
SEARCHED = 100_000  # characters of a text that are indexed, as PostgreSQL limits the index size
UNTITLED = "Projet sans titre"
LISTED = ("countries", "sectors", "zones")  # the fields whose names are those of our lists
Part = TypeVar("Part", Sheet, LeadOrganisation)
SECTIONS = ("context", "audiences", "local_partners", "objectives", "activities", "results")


def kind_of(name: str, content: bytes) -> tuple[str, dict[str, Any]]:
    """Return the kind of an uploaded file, and the columns of a table.

    A table is opened in a separate process with limits, after waiting for a free slot.

    Raises:
        UnreadableSheet: the kind is unknown, or the table cannot be read.
        ActionNotAllowed: too many files are being opened.
    """
    with turn():
        return raw_kind_of(name, content)


def sheet_of(content: dict[str, Any]) -> Sheet:
    """Return the `Sheet` object of the JSON saved in a row."""
    return sheet_from_json(content)


def completed(sheet: Sheet, before: Sheet) -> Sheet:
    """Return a sheet whose blank fields have the values of `before`."""
    lead = _completed(sheet.lead_organisation, before.lead_organisation)
    return replace(_completed(sheet, before), lead_organisation=lead)


def _completed(new: Part, before: Part) -> Part:
    kept = {
        field.name: getattr(before, field.name)
        for field in dataclass_fields(new)
        if getattr(new, field.name) in (None, "", ())
    }
    return replace(new, **kept)


def content_of(sheet: Sheet) -> dict[str, Any]:
    """Return a `Sheet` object as JSON values by attribute, to save in `ProjectSheet.content`."""
    return sheet_to_json(sheet)


def readings(kind: str, data: bytes, name: str, mapping: dict[str, str]) -> Iterator[Reading]:
    """Yield each sheet of a file, with reports on how its fields were read.

    Countries, zones and sectors that our reference lists know are renamed as in these lists.

    Args:
        kind: a value of `SheetImport.Kind`.
        data: the bytes of the file.
        name: the name of the file.
        mapping: for a table, the field of each column.
    """
    for reading in raw_readings(kind, data, name, mapping):
        yield _in_our_words(reading)


def _in_our_words(reading: Reading) -> Reading:
    """Return a reading with the names of our reference lists; its reports list unknown names."""
    sheet, lead = reading.sheet, reading.sheet.lead_organisation
    remarks_by_field: dict[str, str] = {}

    def renamed(part: Part, names: Iterable[str], prefix: str = "") -> Part:
        changes: dict[str, Any] = {}
        for name in names:
            texts = getattr(part, name)
            labels, remarks_by_field[prefix + name] = _named(name, texts)
            if labels != texts:
                changes[name] = labels
        return replace(part, **changes) if changes else part

    own_sheet = renamed(sheet, LISTED)
    own_lead = renamed(lead, ("countries", "sectors"), "lead_organisation.")
    if own_lead is not lead:
        own_sheet = replace(own_sheet, lead_organisation=own_lead)
    fields = tuple(
        each._replace(why=" ; ".join(filter(None, (each.why, remark))))
        if (remark := remarks_by_field.get(each.field or ""))
        else each
        for each in reading.fields
    )
    return replace(reading, sheet=own_sheet, fields=fields)


@lru_cache(maxsize=1000)  # most sheets of a file name the same countries and sectors
def _named(name: str, texts: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return the labels of a reference list that the texts of a field mean, and French remarks."""
    known = tuple(map(_own_sector, texts)) if name == "sectors" else texts
    labels, remarks = labels_of(name, known)
    return labels, " ; ".join(filter(None, (_conversion(texts, known), *remarks)))


def _conversion(texts: tuple[str, ...], known: tuple[str, ...]) -> str:
    """Return a French remark on the DAC sectors converted to ours, which are less precise."""
    ours = [new for old, new in zip(texts, known, strict=True) if new != old]
    number = len(dict.fromkeys(ours))
    if not ours:
        return ""
    one = (
        "1 secteur du CAD devient" if len(ours) == 1 else f"{len(ours)} secteurs du CAD deviennent"
    )
    return f"{one} {number} secteur{'s' if number > 1 else ''} de notre liste"


def _own_sector(text: str) -> str:
    """Return our sector label for a DAC sector such as « … (CAD 14030) », or the same text."""
    match = re.search(r"\(CAD (\d{3,5})\)$", text)
    code = dac_sector(match[1]) if match else ""
    return label("sectors", code) if code else text


def text_of(sheet: Sheet, form: str) -> str:
    """Return the sheet as text, in the format "md", "json" or "jsonld"."""
    if form == "md":
        return write_sheet(sheet)
    document = sheet_to_json(sheet) if form == "json" else to_jsonld(sheet, complete=True)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def script_of(sheet: Sheet, *, url: str, home: str) -> str:
    """Return the JSON-LD of the public page of a sheet: its project and its breadcrumb.

    It is complete, so that a saved page is read back without loss.

    Args:
        url: the URL of the page.
        home: the URL of the home page.
    """
    trail = (("Accueil", home), ("Projets", f"{home}projets/"), (sheet.title or "Projet", url))
    return script_text(to_jsonld(sheet, url=url, crumbs=trail, complete=True))


def status_of(sheet: Sheet, on: date | None = None) -> str:
    """Return the project status computed from its dates (« à venir », « en cours »...) or ""."""
    status = status_on(
        on or timezone.localdate(), start=sheet.start, end=sheet.end, declared=sheet.status
    )
    return str(status or "")


def columns_of(sheet: Sheet) -> dict[str, Any]:
    """Return {column of `ProjectSheet`: value} for the columns of lists, filters and search."""
    others = (sheet.context, sheet.audiences, sheet.local_partners, sheet.activities, sheet.results)
    title = (sheet.title or UNTITLED)[:250]
    countries = codes("countries", sheet.countries)
    sectors = codes("sectors", sheet.sectors)
    zones = dict.fromkeys(
        [*codes("zones", sheet.zones), *(terms("countries")[code].parent for code in countries)]
    )
    funders = funders_of(sheet)
    kinds = [kind.type for kind in sheet.lead_organisation.structure_types]
    labels = (
        label(name, code)
        for name, listed in (("countries", countries), ("sectors", sectors))
        for code in listed
    )
    return {
        "title": title,
        "title_key": fold(title)[:250],
        "lead_organisation": (sheet.lead_organisation.name or "")[:200],
        "locality": (sheet.locality or "")[:200],
        "countries": countries,
        "zones": [zone for zone in zones if zone],
        "sectors": sectors,
        "sdgs": [goal.number for goal in sheet.goals],
        "funders": funders,
        "structures": codes("structure_types", kinds),
        "department": _department(sheet.lead_organisation.address),
        "year": sheet.start.year if sheet.start else None,
        "start_on": sheet.start.first_day() if sheet.start else None,
        "end_on": sheet.end.last_day() if sheet.end else None,
        "declared": str(sheet.status or ""),
        "names": "\n".join([*labels, *sheet.countries, *sheet.zones, *funders, *_years(sheet)])[
            :SEARCHED
        ],
        "purpose": (sheet.objectives or "")[:SEARCHED],
        "rest": "\n".join(filter(None, others))[:SEARCHED],
    }


def _years(sheet: Sheet) -> list[str]:
    """Return the years of a project as texts, for the search; at most 30."""
    if sheet.start is None:
        return []
    last = sheet.end.year if sheet.end else sheet.start.year
    return [str(year) for year in range(sheet.start.year, last + 1)][:LONGEST]


def funders_of(sheet: Sheet) -> list[str]:
    """Return the names of all funders, regional, national and others, without duplicates."""
    every = (*sheet.regional_funders, *sheet.national_funders, *sheet.other_funders)
    return [name[:200] for name in dict.fromkeys(every)]


def status_of_days(start: date | None, end: date | None, declared: str, on: date) -> str:
    """Return the same status as `status_of`, on the day `on`, from the columns of a sheet.

    The columns are the first day, the last day and the status declared; an unknown status gives "".
    """
    first, last = (PartialDate.from_date(day) if day else None for day in (start, end))
    return str(
        status_on(on, start=first, end=last, declared=Status(declared) if declared else None) or ""
    )


def _department(address: str | None) -> str:
    """Return the code of the département of the last postcode of an address, or ""."""
    places = re.findall(r"\b(\d{5})\b\s*([^\d,;()\n]*)", address or "")
    return (department_of(*places[-1]) if places else None) or ""


def sheet_of_project(project: Project) -> Sheet:
    """Return a sheet built from the data of a project, its association as lead organisation."""
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
        lead_organisation=_lead_organisation(project),
        links=(Link(label=project.link, url=project.link),) if project.link else (),
        **{name: getattr(project, name) or None for name in SECTIONS},
    )


def _lead_organisation(project: Project) -> LeadOrganisation:
    association = project.association
    kind = terms("structure_types").get(association.structure_type)
    types: tuple[StructureType, ...] = ()
    if kind:
        family = terms("structure_types").get(kind.parent)
        types = (StructureType(type=kind.label, family=family.label if family else None),)
    place = " ".join(filter(None, [association.postcode, association.city]))
    return LeadOrganisation(
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


def codes(name: str, labels: Iterable[str]) -> list[str]:
    """Return the codes of these labels in the reference list `name`, without unknown labels."""
    matches = (find(name, each) for each in labels)
    return list(dict.fromkeys(term.code for term in matches if term))
