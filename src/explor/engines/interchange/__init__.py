"""Sheets, registries and open formats: what comes in and goes out of Explor, without Django.

`sheet` holds the project sheet; `markdown`, `json_sheet` read and write it without loss; `jsonld`,
`iati`, `grants`, `engagement`, `tables` write for other systems; `identifiers` checks the numbers
of French organisations.
"""

from explor.engines.interchange.markdown import read_bytes, read_sheet, write_sheet
from explor.engines.interchange.reading import FieldReport, Note, Reading, UnreadableSheet
from explor.engines.interchange.sheet import (
    Carrier,
    Goal,
    Link,
    Money,
    PartialDate,
    Sheet,
    Status,
    StructureType,
    status_on,
)

__all__ = [
    "Carrier",
    "FieldReport",
    "Goal",
    "Link",
    "Money",
    "Note",
    "PartialDate",
    "Reading",
    "Sheet",
    "Status",
    "StructureType",
    "UnreadableSheet",
    "read_bytes",
    "read_sheet",
    "status_on",
    "write_sheet",
]
