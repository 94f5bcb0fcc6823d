"""Remarks on one IATI activity: uncertain values, and counts of the data not imported."""

from collections import Counter

from explor.engines.formats.sheets import Note

# Contents of a file that a sheet cannot contain: French singular and plural, by XPath.
UNREAD = {
    "policy-marker": ("marqueur de politique", "marqueurs de politique"),
    "humanitarian-scope": ("crise humanitaire", "crises humanitaires"),
    "other-identifier | iati-identifier[position() > 1]": (
        "autre identifiant",
        "autres identifiants",
    ),
    "conditions[not(@attached='0' or @attached='false')]/condition": ("condition", "conditions"),
    "country-budget-items": ("poste du budget du pays", "postes du budget du pays"),
    "legacy-data": ("donnée d’une ancienne version", "données d’une ancienne version"),
    "crs-add": ("complément statistique (CRS)", "compléments statistiques (CRS)"),
    "fss": ("prévision de dépenses (FSS)", "prévisions de dépenses (FSS)"),
}


MOST_DETAILS = 12


class Remarks:
    """The remarks on one activity, and the counts of its data that are not imported.

    A remark added several times is shown once, with the number of times.
    """

    def __init__(self) -> None:
        self.texts: Counter[str] = Counter()
        self.losses: Counter[tuple[str, str]] = Counter()
        self.details: dict[tuple[str, str], dict[str, None]] = {}

    def add(self, text: str) -> None:
        self.texts[text] += 1

    def count(self, one: str, several: str, number: int = 1, detail: str = "") -> None:
        """Add `number` to the count of things not imported, named `one` or `several` in French."""
        if number:
            self.losses[one, several] += number
            details = self.details.setdefault((one, several), {})
            if detail:
                details[detail] = None

    def notes(self, line: int) -> tuple[Note, ...]:
        texts = (
            f"{text.removesuffix('.')} ({number} fois)." if number > 1 else text
            for text, number in self.texts.items()
        )
        lost = (
            f"Non repris : {number} {several if number > 1 else one}{self._detail((one, several))}."
            for (one, several), number in self.losses.items()
        )
        return tuple(Note(text=text, line=line) for text in (*texts, *lost))

    def _detail(self, kind: tuple[str, str]) -> str:
        details = [*self.details[kind]]
        shown = " ; ".join([*details[:MOST_DETAILS], *["…"][: len(details) > MOST_DETAILS]])
        return f" ({shown})" if shown else ""
