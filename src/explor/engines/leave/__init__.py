"""French legal leave schemes (congés): which ones a person may use on given dates, and why."""

from .calendar import months_after, public_holidays
from .conditions import quota
from .law import CODES, SCHEMES, Scheme, Urgent, Wording, ending_schemes, wording
from .model import (
    Association,
    Branch,
    Employer,
    Mission,
    Person,
    PublicBody,
    SchemeVerdict,
    Sector,
    Status,
    Verdict,
)
from .papers import FIELD, Clause, Paper, all_papers, fields_of, papers_of
from .reading import schemes_for
from .tables import Article, articles, french_countries

__all__ = [
    "CODES",
    "FIELD",
    "SCHEMES",
    "Article",
    "Association",
    "Branch",
    "Clause",
    "Employer",
    "Mission",
    "Paper",
    "Person",
    "PublicBody",
    "Scheme",
    "SchemeVerdict",
    "Sector",
    "Status",
    "Urgent",
    "Verdict",
    "Wording",
    "all_papers",
    "articles",
    "ending_schemes",
    "fields_of",
    "french_countries",
    "months_after",
    "papers_of",
    "public_holidays",
    "quota",
    "schemes_for",
    "wording",
]
