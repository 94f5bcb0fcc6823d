"""A sheet as schema.org data, for search engines; for privacy, no person is named."""

import json
from collections.abc import Sequence
from typing import Any

from ._goals import show_goal
from ._inline import plain
from ._sheet import LeadOrganisation, Sheet

CONTEXT = "https://schema.org"


def to_jsonld(
    sheet: Sheet, *, url: str | None = None, crumbs: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """Return the schema.org data of a sheet, as a dict: a `Project` without its blank fields.

    `url` is the public URL of the sheet. `crumbs` are the (name, URL) pairs from the home page to
    the sheet: with them, the result is a graph of the project and of its `BreadcrumbList`.
    """
    project = _project(sheet, url)
    if not crumbs:
        return {"@context": CONTEXT, **project}
    return {"@context": CONTEXT, "@graph": [project, _trail(crumbs)]}


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
