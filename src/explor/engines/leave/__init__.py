"""French legal leave schemes (congés): which ones a person may use on given dates, and why."""

from .calendar import months_after
from .conditions import quota
from .law import CODES, SCHEMES, Scheme
from .model import (
    Association,
    Employer,
    Mission,
    Person,
    PublicBody,
    SchemeVerdict,
    Sector,
    Status,
    Verdict,
)
from .reading import schemes_for

__all__ = [
    "CODES",
    "SCHEMES",
    "Association",
    "Employer",
    "Mission",
    "Person",
    "PublicBody",
    "Scheme",
    "SchemeVerdict",
    "Sector",
    "Status",
    "Verdict",
    "months_after",
    "quota",
    "schemes_for",
]
