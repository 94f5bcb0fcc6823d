"""The open data sets: their records, files and catalogue, and the remarks for officers."""

from .catalogue import LICENCE, Shelf, dcat, refused, shelves, url_of, withdrawn_since
from .records import (
    address_of,
    need_record,
    organisation_record,
    sheet_record,
)
from .remarks import Remark, RemarkGroup, remarks_for
from .sets import MIMES, SETS, WRITERS, set_of

__all__ = [
    "LICENCE",
    "MIMES",
    "SETS",
    "WRITERS",
    "Remark",
    "RemarkGroup",
    "Shelf",
    "address_of",
    "dcat",
    "need_record",
    "organisation_record",
    "refused",
    "remarks_for",
    "set_of",
    "sheet_record",
    "shelves",
    "url_of",
    "withdrawn_since",
]
