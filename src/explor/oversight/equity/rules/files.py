"""The groups in which the needs of associations are counted, and how far reviewers stand apart."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median, pstdev

from .groups import NONE, Dimension

OUTCOMES = ("admitted", "selected")
STAFF = ((1, "Sans salariée ni salarié"), (6, "1 à 5 emplois"), (21, "6 à 20 emplois"))
LARGE = "Plus de 20 emplois"
AGES = ((3, "Moins de 3 ans"), (10, "3 à 9 ans"), (20, "10 à 19 ans"))
OLD = "20 ans ou plus"
NEW, KNOWN = "Premier dépôt", "A déjà déposé"
SIZE = Dimension(
    code="size",
    title="Par taille d’association",
    order=(*(counted for _, counted in STAFF), LARGE, NONE),
)
AGE = Dimension(
    code="age", title="Par âge d’association", order=(*(counted for _, counted in AGES), OLD, NONE)
)
DEPARTMENT = Dimension(code="department", title="Par département")
COUNTRY = Dimension(code="country", title="Par pays")
RECORD = Dimension(code="record", title="Premier dépôt ou non", order=(NEW, KNOWN))
NETWORK = Dimension(code="network", title="Par réseau")
DIMENSIONS = (NETWORK, SIZE, AGE, DEPARTMENT, COUNTRY, RECORD)
WIDE = 5.0  # points out of 20 between two reviewers, from which they clearly disagree


def staff_of(headcount: int | None) -> str:
    """Return the band of an association by its number of jobs."""
    if headcount is None:
        return NONE
    return next((counted for limit, counted in STAFF if headcount < limit), LARGE)


def age_of(founded: date | None, on: date) -> str:
    """Return the band of an association by its age on the day it filed."""
    if founded is None:
        return NONE
    years = on.year - founded.year - ((on.month, on.day) < (founded.month, founded.day))
    return next((counted for limit, counted in AGES if years < limit), OLD)


def spread(scores: Iterable[Sequence[float]]) -> Mapping[str, float] | None:
    """Return how far reviewers stand apart on the needs that two or more of them scored.

    Points out of 20: the median of the standard deviations, and the share of needs where two
    reviewers are `WIDE` points apart or more. None when no need has two scores.
    """
    counted = [list(each) for each in scores if len(each) > 1]
    if not counted:
        return None
    wide = sum(max(each) - min(each) >= WIDE for each in counted)
    return {
        "files": len(counted),
        "deviation": round(median(pstdev(each) for each in counted), 1),
        "wide": wide,
    }
