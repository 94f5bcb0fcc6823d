"""A sheet as schema.org data, for search engines; for privacy, no person is named."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from ._goals import show_goal
from ._inline import plain
from ._json import lenient_sheet, sheet_to_json
from ._reading import Note, Reading
from ._sheet import GOALS, Goal, LeadOrganisation, Sheet

CONTEXT = "https://schema.org"
FICHE = "urn:explor:fiche"
ADDRESS = ("streetAddress", "postalCode", "addressLocality", "addressCountry")
# The properties that a sheet contains, and technical ones unrelated to the project.
KNOWN = {"@context", "@type", "@id", "url", "name", "description", "foundingDate", "areaServed",
         "dissolutionDate", "location", "parentOrganization", "funder", "keywords", "sameAs",
         "address"}  # fmt: skip


def to_jsonld(
    sheet: Sheet,
    *,
    url: str | None = None,
    crumbs: Sequence[tuple[str, str]] = (),
    complete: bool = False,
) -> dict[str, Any]:
    """Return the schema.org data of a sheet, as a dict: a `Project` without its blank fields.

    `url` is the public URL of the sheet. If `complete`, the data also contain every field of the
    sheet under the term « fiche », so that the sheet can be read back without loss. `crumbs` are
    the (name, URL) pairs from the home page to the sheet: with them, the result is a graph of the
    project and of its `BreadcrumbList`.
    """
    project = _project(sheet, url)
    context: Any = CONTEXT
    if complete:
        context = [CONTEXT, {"fiche": {"@id": FICHE, "@type": "@json"}}]
        project["fiche"] = _without_persons(sheet)
    if not crumbs:
        return {"@context": context, **project}
    return {"@context": context, "@graph": [project, _trail(crumbs)]}


def complete_data(text: str) -> Reading | None:
    """Return the sheet of complete data in the script of a page, None when there is none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    items = data.get("@graph") if isinstance(data, dict) else None
    for each in items if isinstance(items, list) else [data]:
        is_project = isinstance(each, dict) and each.get("@type") == "Project"
        if is_project and FICHE in text and isinstance(each.get("fiche"), dict):
            return sheet_from_jsonld(each)
    return None


def sheet_from_jsonld(data: dict[str, Any], *, line: int | None = None) -> Reading:
    """Return the sheet described by schema.org data; complete data give all its fields.

    Properties that a sheet cannot contain are left out, with a report.
    """
    graph = data.get("@graph")
    items = graph if isinstance(graph, list) else [data]
    project = next((e for e in items if isinstance(e, dict) and e.get("@type") == "Project"), None)
    if project is None:
        note = Note(text="Aucun projet (« Project ») dans ces données schema.org.", line=line)
        return Reading(sheet=Sheet(), fields=(), notes=(note,))
    url = next((e for e in (project.get("@id"), project.get("url")) if isinstance(e, str)), None)
    if isinstance(project.get("fiche"), dict):
        return replace(lenient_sheet(project["fiche"], line=line), source_id=url)
    areas = [e for e in _listed(project.get("areaServed")) if isinstance(e, dict)]
    lead = project.get("parentOrganization")
    lead = lead if isinstance(lead, dict) else {"name": lead} if lead else {}
    themes = _goals_apart(map(_named, _listed(project.get("keywords"))))
    own = {
        "title": project.get("name"),
        "objectives": project.get("description"),
        "start": project.get("foundingDate"),
        "end": project.get("dissolutionDate"),
        "countries": [_named(e) for e in areas if e.get("@type") == "Country"],
        "zones": [_named(e) for e in areas if e.get("@type") != "Country"],
        "locality": _named(project.get("location")),
        "other_funders": [_named(e) for e in _listed(project.get("funder"))],
        "links": [{"label": e, "url": e} for e in _listed(project.get("sameAs"))],
        "sectors": themes[0],
        "goals": themes[1],
        "lead_organisation": {
            "name": lead.get("name"),
            "address": _named(lead.get("address")),
            "countries": [_named(e) for e in _listed(lead.get("areaServed"))],
            "sectors": [_named(e) for e in _listed(lead.get("keywords"))],
        },
    }
    rest = {key: value for key, value in project.items() if key not in KNOWN}
    rest |= {f"parentOrganization.{k}": v for k, v in lead.items() if k not in KNOWN}
    return replace(lenient_sheet(own | rest, line=line), source_id=url)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _named(value: Any) -> str | None:
    """Return the name of a schema.org value; an address is returned as one line."""
    if isinstance(value, dict):
        parts = (value.get(key) for key in ("name", *ADDRESS))
        return ", ".join(part for part in parts if isinstance(part, str)) or None
    return value if isinstance(value, str) else None


def _goals_apart(keywords: Iterable[str | None]) -> tuple[list[str], list[dict[str, int]]]:
    """Split keywords into sectors and Sustainable Development Goals."""
    goals = {show_goal(Goal(number=number)): number for number in GOALS}
    words = [word for word in keywords if word]
    numbers = [{"number": goals[word]} for word in words if word in goals]
    return [word for word in words if word not in goals], numbers


def _without_persons(sheet: Sheet) -> dict[str, Any]:
    lead = replace(sheet.lead_organisation, representative=None)
    return sheet_to_json(replace(sheet, lead_organisation=lead))


def _project(sheet: Sheet, url: str | None) -> dict[str, Any]:
    funders = (*sheet.regional_funders, *sheet.national_funders, *sheet.other_funders)
    return _without_blanks(
        {
            "@type": "Project",
            "@id": url,
            "url": url,
            "name": sheet.title,
            "description": plain(sheet.objectives) if sheet.objectives else None,
            "foundingDate": sheet.start.iso() if sheet.start else None,
            "dissolutionDate": sheet.end.iso() if sheet.end else None,
            "areaServed": [
                *({"@type": "Country", "name": name} for name in sheet.countries),
                *({"@type": "Place", "name": name} for name in sheet.zones),
            ],
            "location": {"@type": "Place", "name": sheet.locality} if sheet.locality else None,
            "parentOrganization": _lead_organisation(sheet.lead_organisation),
            "funder": [{"@type": "Organization", "name": name} for name in funders],
            "keywords": [*sheet.sectors, *(show_goal(goal) for goal in sheet.goals)],
            "sameAs": [link.url for link in sheet.links if link.url],
        }
    )


def _lead_organisation(lead_organisation: LeadOrganisation) -> dict[str, Any] | None:
    """Return the schema.org data of the lead organisation, None when it has no name.

    Its representative, who is a person, is omitted.
    """
    if not lead_organisation.name:
        return None
    return _without_blanks(
        {
            "@type": "Organization",
            "name": lead_organisation.name,
            "address": lead_organisation.address,
            "areaServed": [
                {"@type": "Country", "name": name} for name in lead_organisation.countries
            ],
            "keywords": list(lead_organisation.sectors),
        }
    )


def _trail(crumbs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate(crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _without_blanks(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [])}


def script_text(data: dict[str, Any]) -> str:
    """Return data as JSON that is safe in a `<script>` element: no value can close the element."""
    text = json.dumps(data, ensure_ascii=False)
    return text.translate({ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})
