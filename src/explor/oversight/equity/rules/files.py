"""The groups in which needs are counted, and how far the scores of reviewers differ."""

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
    order=(*(label for _, label in STAFF), LARGE, NONE),
)
AGE = Dimension(
    code="age", title="Par âge d’association", order=(*(label for _, label in AGES), OLD, NONE)
)
DEPARTMENT = Dimension(code="department", title="Par département")
COUNTRY = Dimension(code="country", title="Par pays")
RECORD = Dimension(code="record", title="Premier dépôt ou non", order=(NEW, KNOWN))
NETWORK = Dimension(code="network", title="Par réseau")
DIMENSIONS = (NETWORK, SIZE, AGE, DEPARTMENT, COUNTRY, RECORD)
WIDE = 5.0  # difference in points out of 20 from which two reviewers clearly disagree


def staff_of(headcount: int | None) -> str:
    """Return the French label of the size group of an association with this number of employees.

    The label is « Non précisé » for None.
    """
    if headcount is None:
        return NONE
    return next((label for limit, label in STAFF if headcount < limit), LARGE)


def age_of(founded: date | None, on: date) -> str:
    """Return the French label of the age group, on the day `on`, of an association.

    The label is « Non précisé » for an unknown date of foundation.
    """
    if founded is None:
        return NONE
    years = on.year - founded.year - ((on.month, on.day) < (founded.month, founded.day))
    return next((label for limit, label in AGES if years < limit), OLD)


def spread(scores: Iterable[Sequence[float]]) -> Mapping[str, float] | None:
    """Return how far reviewers differ on the needs that two or more of them scored.

    Args:
        scores: for each need, the scores of its reviewers, out of 20.

    Returns:
        `files`: the number of needs with two scores or more; `deviation`: the median, over these
        needs, of the standard deviation of the scores, in points; `wide`: the number of needs where
        two reviewers are `WIDE` points apart or more. None when no need has two scores.
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
