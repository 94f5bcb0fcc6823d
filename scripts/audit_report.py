"""Summary of the JSON output of pip-audit, which does not say when nothing was looked up."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Report:
    """The result of the audit of one lock.

    Args:
        checked: how many packages the source of advisories knew.
        skipped: the packages that it did not know.
        weak: one French line per weakness.
        fault: why the source could not be queried, "" if it was.
    """

    checked: int
    skipped: tuple[str, ...]
    weak: tuple[str, ...]
    fault: str = ""

    @property
    def status(self) -> int:
        """Return the exit status: 1 for a weakness, 3 if nothing was audited, 2 if only a part was.

        The status is 0 when everything was audited and has no weakness.
        """
        if self.weak:
            return 1
        return 3 if not self.checked else 2 if self.skipped else 0

    @property
    def sentence(self) -> str:
        """Return the result as a French sentence."""
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
    """Return the report of a lock from the JSON output of pip-audit."""
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
