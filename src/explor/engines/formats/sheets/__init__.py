"""The project sheet: its fields, their reading, their correction by hand and their writing.

It is read from Markdown, HTML, JSON and JSON-LD, and written in Markdown, JSON and JSON-LD.
"""

from ._context import CHECK, FieldContext, end_of, in_order, to_check
from ._corrections import KINDS, corrected, texts_of
from ._dates import PartialDate
from ._goals import parse_goals
from ._html import read_html
from ._json import (
    in_words,
    lenient_sheet,
    read_json,
    reports_of,
    sheet_from_json,
    sheet_to_json,
    write_json,
)
from ._jsonld import script_text, sheet_from_jsonld, to_jsonld
from ._layout import ENTRIES, LABELS, LEAD, SECTION_ENTRIES, Kind
from ._markdown import read_bytes, read_sheet, write_sheet
from ._money import Money
from ._reading import OUTCOMES_FR, FieldReport, Note, Outcome, Reading, UnreadableSheet
from ._sheet import (
    GOALS,
    WEIGHTS,
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
from ._values import parse, show_link

__all__ = [
    "CHECK",
    "ENTRIES",
    "GOALS",
    "KINDS",
    "LABELS",
    "LEAD",
    "OUTCOMES_FR",
    "SECTION_ENTRIES",
    "WEIGHTS",
    "FieldContext",
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
    "end_of",
    "escape",
    "fold",
    "in_order",
    "in_words",
    "is_safe_url",
    "legible",
    "lenient_sheet",
    "parse",
    "parse_goals",
    "read_bytes",
    "read_html",
    "read_json",
    "read_sheet",
    "reports_of",
    "script_text",
    "sheet_from_json",
    "sheet_from_jsonld",
    "sheet_of",
    "sheet_to_json",
    "show_link",
    "status_on",
    "texts_of",
    "to_check",
    "to_jsonld",
    "write_json",
    "write_sheet",
]
