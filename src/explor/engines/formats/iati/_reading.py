"""Draft sheets from a partner's IATI file: one per activity, with notes on what is uncertain."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

from lxml import etree

from explor.engines.formats.sheets import (
    LABELS,
    FieldReport,
    Goal,
    LeadOrganisation,
    Link,
    Outcome,
    Reading,
    Sheet,
    UnreadableSheet,
    clean_line,
)

from ._amounts import budget_of
from ._life import days_of, status_of
from ._links import links_of
from ._parties import parties_of
from ._places import countries_of, locality_of, regions_of
from ._remarks import UNREAD, Remarks
from ._results import results_of
from ._sectors import goals_of, sectors_of
from ._shares import note_shares
from ._texts import narrative, paragraphs

MAX_BYTES = 50_000_000
MAX_ACTIVITY = 3_000_000  # bytes; an activity in memory takes about ten times as much
MAX_IDENTIFIER = 200
CLOSED = re.compile(rb"</iati-activity\s*>|<iati-activity[^<>]*/>")
DESCRIPTIONS = {"1": "context", "2": "objectives", "3": "audiences", "4": "results"}
DECLARED = "Le fichier déclare un type de document (DOCTYPE) : refusé."
# French names of fields, where they differ from the labels of a sheet.
OWN_LABELS = {
    "goals": "Objectifs de développement durable",
    "lead_organisation.name": "Porteur du projet",
    "links": "Liens",
}


def read_activities(data: bytes) -> Iterator[Reading]:
    """Yield one `Reading` per activity of an IATI file.

    Raises UnreadableSheet for a file that is too large, declares a document type or is not IATI,
    and, after the activities already read, for a file that is cut short.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSheet(f"Le fichier dépasse {MAX_BYTES // 1_000_000} Mo.")
    if b"<!DOCTYPE" in data[:10_000].upper() or b"<!ENTITY" in data.upper():
        raise UnreadableSheet(DECLARED)
    if _heaviest(data) > MAX_ACTIVITY:
        raise UnreadableSheet(
            f"Une activité de ce fichier dépasse {MAX_ACTIVITY // 1_000_000} Mo : refusé."
        )
    parsed = etree.iterparse(
        BytesIO(data), events=("end",), tag="iati-activity", resolve_entities=False,
        no_network=True, huge_tree=False,
    )  # fmt: skip
    count = 0
    try:
        for _, activity in parsed:
            # in UTF-16, which the check of bytes does not detect
            if activity.getroottree().docinfo.doctype:
                raise UnreadableSheet(DECLARED)
            count += 1
            yield _reading(activity)
            activity.clear()
            while activity.getprevious() is not None:
                del activity.getparent()[0]
    except etree.XMLSyntaxError as fault:
        if not count:
            raise UnreadableSheet(f"Ce fichier n’est pas du XML lisible : {fault}.") from fault
        raise UnreadableSheet(
            f"Le fichier s’interrompt après {count} activité(s) : {fault}."
        ) from fault
    if not count:
        raise UnreadableSheet("Aucune activité IATI dans ce fichier.")


def _heaviest(data: bytes) -> int:
    """Return the size in bytes of the largest activity of an IATI file and the text before it."""
    ends = [0, *(match.end() for match in CLOSED.finditer(data)), len(data)]
    return max(end - start for start, end in pairwise(ends))


def _reading(activity: Any) -> Reading:
    line, remarks = activity.sourceline, Remarks()
    values = _values(activity, remarks)
    lead = values.pop("lead")
    note_shares(activity, remarks)
    for path, (one, several) in UNREAD.items():
        remarks.count(one, several, len(activity.xpath(path)))
    if "\ufffd" in "".join(activity.itertext()):
        remarks.add("Caractère illisible « \ufffd » : des accents ont été abîmés.")
    sheet = Sheet(lead_organisation=LeadOrganisation(name=lead), **values)
    reports = [_report(field, getattr(sheet, field), line) for field in values]
    reports.append(_report("lead_organisation.name", lead, line))
    return Reading(
        sheet=sheet,
        fields=tuple(reports),
        notes=remarks.notes(line),
        source_id=_identifier(activity),
    )


def _values(activity: Any, remarks: Remarks) -> dict[str, Any]:
    """Return {field of the sheet: value}, and the name of the lead organisation as `lead`."""
    title = narrative(activity.findall("title"), "titre", remarks)
    start, end = days_of(activity, remarks)
    parties = parties_of(activity, remarks)
    texts = _descriptions(activity, remarks)
    results = filter(None, (texts.pop("results", ""), results_of(activity, remarks)))
    return {
        "title": title,
        "status": status_of(activity, remarks),
        "start": start,
        "end": end,
        "locality": locality_of(activity, remarks),
        "zones": regions_of(activity, remarks),
        "countries": countries_of(activity, remarks),
        "budget": budget_of(activity, remarks),
        "other_funders": parties.funders,
        "sectors": sectors_of(activity, remarks),
        "goals": goals_of(activity, remarks),
        "links": links_of(activity, remarks),
        "local_partners": parties.partners,
        "results": "\n\n".join(results),
        "lead": parties.lead,
        **texts,
    }


def _identifier(activity: Any) -> str | None:
    """Return the identifier that the source gives to an activity; None if missing or too long."""
    identifier = clean_line(activity.findtext("iati-identifier"))
    return identifier if identifier and len(identifier) <= MAX_IDENTIFIER else None


def _descriptions(activity: Any, remarks: Remarks) -> dict[str, str]:
    values: dict[str, str] = {}
    for each in activity.findall("description"):
        field = DESCRIPTIONS.get(each.get("type") or "1", "context")
        if text := paragraphs(each, "texte de description", remarks):
            values[field] = f"{values[field]}\n\n{text}" if field in values else text
    return values


def _report(field: str, value: Any, line: int) -> FieldReport:
    outcome: Outcome = "understood" if value else "absent"
    each = value if isinstance(value, tuple) else (value,) if value else ()
    label = OWN_LABELS.get(field) or LABELS[field].replace("'", "’")
    text = ", ".join(map(_shown, each))
    return FieldReport(field=field, label=label, outcome=outcome, text=text[:500], line=line)


def _shown(value: Any) -> str:
    if isinstance(value, Goal):
        return f"ODD {value.number}"
    return value.label if isinstance(value, Link) else str(value)
