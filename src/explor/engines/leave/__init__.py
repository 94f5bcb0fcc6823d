"""French legal leave schemes (congés): which ones a person may use on given dates, and why."""

from .calendar import months_after, public_holidays
from .conditions import quota
from .law import CODES, SCHEMES, Scheme, ending_schemes
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
from .tables import Article, articles, french_countries

__all__ = [
    "CODES",
    "SCHEMES",
    "Article",
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
    "articles",
    "ending_schemes",
    "french_countries",
    "months_after",
    "public_holidays",
    "quota",
    "schemes_for",
]
