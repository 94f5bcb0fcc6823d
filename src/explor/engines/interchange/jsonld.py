"""A sheet in the words of schema.org, for search engines."""

from typing import Any

from explor.engines.interchange.sheet import Sheet


def to_jsonld(sheet: Sheet) -> dict[str, Any]:
    """A schema.org `Project` with its organisation, places and funders; blanks left out."""
    funders = (*sheet.regional_funders, *sheet.national_funders, *sheet.other_funders)
    told = {
        "@context": "https://schema.org",
        "@type": "Project",
        "name": sheet.title,
        "description": sheet.objectives,
        "foundingDate": sheet.start.iso() if sheet.start else None,
        "dissolutionDate": sheet.end.iso() if sheet.end else None,
        "areaServed": [{"@type": "Country", "name": name} for name in sheet.countries],
        "location": {"@type": "Place", "name": sheet.locality} if sheet.locality else None,
        "parentOrganization": {"@type": "Organization", "name": sheet.carrier.name}
        if sheet.carrier.name
        else None,
        "funder": [{"@type": "Organization", "name": name} for name in funders],
        "keywords": list(sheet.sectors),
    }
    return {name: value for name, value in told.items() if value not in (None, [])}
