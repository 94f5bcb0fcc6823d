"""The groups in which experts are counted, with their French labels."""

from dataclasses import dataclass

from ..models import Age, Gender

NONE = "Non précisé"
ALONE = "Sans employeur inscrit"
UNKNOWN = "Entreprise, effectif non précisé"
PUBLIC = "Employeur public, population non précisée"
HEADCOUNTS = (
    (50, "Entreprise de moins de 50 personnes"),
    (250, "Entreprise de 50 à 249 personnes"),
    (5_000, "Entreprise de 250 à 4 999 personnes"),
)
LARGE = "Entreprise de 5 000 personnes ou plus"
# 3,500 inhabitants is where the law on public lending begins (décret 2022-1682).
INHABITANTS = (
    (3_501, "Collectivité jusqu’à 3 500 habitants"),
    (20_001, "Collectivité de 3 501 à 20 000 habitants"),
)
CITY = "Collectivité de plus de 20 000 habitants"
FIRST, AGAIN = "Première fois", "Déjà retenue auparavant"


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """A criterion, such as the kind of employer, that divides people or needs into groups.

    Groups are sorted as in `order`, then alphabetically; « Non précisé » comes last.
    """

    code: str
    title: str
    order: tuple[str, ...] = ()

    def rank(self, label: str) -> tuple[bool, int, str]:
        """Return the key that sorts the group `label` among the groups of this dimension."""
        known = self.order.index(label) if label in self.order else len(self.order)
        return label == NONE, known, label


SIZES = (
    *(ALONE, *(label for _, label in HEADCOUNTS), LARGE, UNKNOWN),
    *(*(label for _, label in INHABITANTS), CITY, PUBLIC),
)
DEPARTMENT = Dimension(code="department", title="Par département")
SIZE = Dimension(code="size", title="Par taille d’employeur", order=SIZES)
RECORD = Dimension(code="record", title="Première fois ou non", order=(FIRST, AGAIN))
STATUS = Dimension(code="status", title="Par statut")
DIMENSIONS = (DEPARTMENT, SIZE, RECORD, STATUS)

SILENT = "Sans réponse"
GENDERS = {
    Gender.WOMAN: "Femmes",
    Gender.MAN: "Hommes",
    Gender.OTHER: "Personnes qui se décrivent autrement",
}
AGES = {age: str(age.label).capitalize() for age in Age if age != Age.UNSAID}
GENDER = Dimension(code="gender", title="Par genre", order=(*GENDERS.values(), SILENT))
AGE = Dimension(code="age", title="Par âge", order=(*AGES.values(), SILENT))
QUESTIONS = (GENDER, AGE)


def size_of(*, employed: bool, public: bool, headcount: int | None, inhabitants: int | None) -> str:
    """Return the French label of the size group of an employer, or « Sans employeur inscrit ».

    A public employer is grouped by `inhabitants`, any other by `headcount`.
    """
    if not employed:
        return ALONE
    figure, bands = (inhabitants, INHABITANTS) if public else (headcount, HEADCOUNTS)
    if figure is None:
        return PUBLIC if public else UNKNOWN
    above = CITY if public else LARGE
    return next((label for limit, label in bands if figure < limit), above)
