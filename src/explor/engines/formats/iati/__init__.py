"""IATI 2.03 (open data on aid): write activities, read them as draft sheets, check files."""

from ._check import Check, UnreadableFile, check_iati
from ._dac import dac_sector
from ._findings import Finding
from ._reading import read_activities
from ._records import Activity, Document, Flow, Party, Payment, Publisher, Role, Stage, Theme
from ._writing import activities_xml, write_activities, write_organisation

__all__ = [
    "Activity",
    "Check",
    "Document",
    "Finding",
    "Flow",
    "Party",
    "Payment",
    "Publisher",
    "Role",
    "Stage",
    "Theme",
    "UnreadableFile",
    "activities_xml",
    "check_iati",
    "dac_sector",
    "read_activities",
    "write_activities",
    "write_organisation",
]
