"""French legal leave schemes (congés): which ones a person may use on given dates, and why."""

from .amendments import (
    EDITABLE,
    UNITS,
    Amendment,
    Field,
    amended,
    faults_of,
    key_of,
    row_of,
    value_of,
)
from .calendar import months_after, public_holidays
from .conditions import quota
from .law import CODES, SCHEMES, Scheme, Urgent, Wording, ending_schemes, schemes, wording
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
from .tables import SOFTWARE, Article, Row, Tables, articles, french_countries, scale, split

__all__ = [
    "CODES",
    "EDITABLE",
    "FIELD",
    "SCHEMES",
    "SOFTWARE",
    "UNITS",
    "Amendment",
    "Article",
    "Association",
    "Branch",
    "Clause",
    "Employer",
    "Field",
    "Mission",
    "Paper",
    "Person",
    "PublicBody",
    "Row",
    "Scheme",
    "SchemeVerdict",
    "Sector",
    "Status",
    "Tables",
    "Urgent",
    "Verdict",
    "Wording",
    "all_papers",
    "amended",
    "articles",
    "ending_schemes",
    "faults_of",
    "fields_of",
    "french_countries",
    "key_of",
    "months_after",
    "papers_of",
    "public_holidays",
    "quota",
    "row_of",
    "scale",
    "schemes",
    "schemes_for",
    "split",
    "value_of",
    "wording",
]
