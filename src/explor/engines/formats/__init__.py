"""Formats of files that Explor reads and writes: sheets, registries and open formats.

`sheets` defines the project sheet, and converts it to and from Markdown, JSON, JSON-LD and HTML;
`tables` does so for CSV, XLSX, ODS and GeoJSON; `iati` and `grants` for the formats of other
systems. `kind_of` and `readings` read a file of sheets in any format. Modules that begin with `_`
are private to their package.
"""

from ._incoming import kind_of, readings
from .sheets import (
    FieldReport,
    Goal,
    LeadOrganisation,
    Link,
    Money,
    Note,
    PartialDate,
    Reading,
    Sheet,
    Status,
    StructureType,
    UnreadableSheet,
    read_bytes,
    read_sheet,
    status_on,
    write_sheet,
)

__all__ = [
    "FieldReport",
    "Goal",
    "LeadOrganisation",
    "Link",
    "Money",
    "Note",
    "PartialDate",
    "Reading",
    "Sheet",
    "Status",
    "StructureType",
    "UnreadableSheet",
    "kind_of",
    "read_bytes",
    "read_sheet",
    "readings",
    "status_on",
    "write_sheet",
]
