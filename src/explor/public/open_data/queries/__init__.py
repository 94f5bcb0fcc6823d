"""Reads of the open data."""

from .catalogue import LICENCE, Shelf, dcat, refused, shelves, url_of, version, withdrawn_since
from .records import (
    address_of,
    need_record,
    organisation_record,
    organisations,
    sheet_record,
)
from .remarks import Heard, Remark, remarks_for
from .sets import MIMES, SETS, WRITERS, set_of

__all__ = [
    "LICENCE",
    "MIMES",
    "SETS",
    "WRITERS",
    "Heard",
    "Remark",
    "Shelf",
    "address_of",
    "dcat",
    "need_record",
    "organisation_record",
    "organisations",
    "refused",
    "remarks_for",
    "set_of",
    "sheet_record",
    "shelves",
    "url_of",
    "version",
    "withdrawn_since",
]
