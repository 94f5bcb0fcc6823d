"""What the answer of pip-audit says, including that nothing was looked up."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Report:
    """The result of the audit of one lock.

    Args:
        checked: how many packages a source of advisories knew.
        skipped: the packages that it did not know.
        weak: one line a weakness.
        fault: why nothing could be asked, "" when something was.
    """

    checked: int
    skipped: tuple[str, ...]
    weak: tuple[str, ...]
    fault: str = ""

    @property
    def status(self) -> int:
        """The exit status: 1 a weakness, 3 nothing audited, 2 a part, 0 everything and fine."""
        if self.weak:
            return 1
        return 3 if not self.checked else 2 if self.skipped else 0

    @property
    def said(self) -> str:
        """The result in French."""
        if self.weak:
            return f"{len(self.weak)} faiblesse(s) publiée(s)\n  " + "\n  ".join(self.weak)
        if not self.checked:
            why = self.fault or "elle ne connaît aucun de ces paquets"
            return f"NON VÉRIFIÉ, aucune source d’avis ne répond d’ici ({why})."
        if self.skipped:
            return (
                f"{self.checked} paquets sans faiblesse, non vérifiés : {', '.join(self.skipped)}"
            )
        return f"{self.checked} paquets, aucune faiblesse publiée."


def report_of(answer: dict[str, Any]) -> Report:
    """Read the JSON of pip-audit."""
    rows = answer["dependencies"]
    known = [row for row in rows if "skip_reason" not in row]
    return Report(
        checked=len(known),
        skipped=tuple(row["name"] for row in rows if "skip_reason" in row),
        weak=tuple(
            f"{row['name']} {row['version']} : {weak['id']}, corrigé par "
            f"{', '.join(weak['fix_versions']) or 'aucune version'}"
            for row in known
            for weak in row["vulns"]
        ),
    )
