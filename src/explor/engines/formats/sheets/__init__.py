"""The project sheet: its fields, and their conversion to and from Markdown, JSON and HTML."""

from ._corrections import KINDS, corrected, texts_of
from ._dates import PartialDate
from ._goals import GOALS
from ._html import read_html
from ._json import read_json, sheet_from_json, sheet_to_json, write_json
from ._jsonld import script_text, to_jsonld
from ._layout import ENTRIES, LABELS, LEAD, SECTION_ENTRIES, Kind
from ._markdown import read_bytes, read_sheet, write_sheet
from ._money import Money
from ._reading import OUTCOMES_FR, FieldReport, Note, Outcome, Reading, UnreadableSheet
from ._sheet import (
    Goal,
    LeadOrganisation,
    Link,
    Sheet,
    Status,
    StructureType,
    sheet_of,
    status_on,
)
from ._text import clean_line, clean_markdown, escape, fold, is_safe_url, legible
from ._values import parse

__all__ = [
    "ENTRIES",
    "GOALS",
    "KINDS",
    "LABELS",
    "LEAD",
    "OUTCOMES_FR",
    "SECTION_ENTRIES",
    "FieldReport",
    "Goal",
    "Kind",
    "LeadOrganisation",
    "Link",
    "Money",
    "Note",
    "Outcome",
    "PartialDate",
    "Reading",
    "Sheet",
    "Status",
    "StructureType",
    "UnreadableSheet",
    "clean_line",
    "clean_markdown",
    "corrected",
    "escape",
    "fold",
    "is_safe_url",
    "legible",
    "parse",
    "read_bytes",
    "read_html",
    "read_json",
    "read_sheet",
    "script_text",
    "sheet_from_json",
    "sheet_of",
    "sheet_to_json",
    "status_on",
    "texts_of",
    "to_jsonld",
    "write_json",
    "write_sheet",
]
