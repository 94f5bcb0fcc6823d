"""File formats that Explor reads and writes: project sheets, tables, open data.

`sheets` defines the project sheet, reads it from Markdown, JSON and HTML, and writes it in
Markdown, JSON and JSON-LD. `tables` reads sheets from CSV, XLSX, ODS and JSON, and writes tables in
CSV, XLSX and GeoJSON. `iati` and `grants` handle the formats of other systems. `resumes` reads
resumes, and writes an expert profile as one. `kind_of` and
`readings` read a file of sheets in any format. Modules that begin with `_` are private to their
package.
"""

from ._glance import glance_at
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
    "glance_at",
    "kind_of",
    "read_bytes",
    "read_sheet",
    "readings",
    "status_on",
    "write_sheet",
]
