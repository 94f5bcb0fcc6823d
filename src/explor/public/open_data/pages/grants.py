"""CSV file of the grants of funders to missions, in the format set by the French State."""

from collections.abc import Iterator
from typing import IO, Any

from django.utils import timezone

from .. import engine, selectors
from .remarks import KEPT, Remark


def write(out: IO[bytes], remarks: list[Remark]) -> int:
    """Write one row per mission and funder; return how many were written.

    A grant that lacks a required field, such as a SIRET, is left out with a remark.
    """
    kept = engine.Counted(_kept(remarks))
    for line in engine.grant_lines(kept):
        out.write(line.encode())
    return kept.count


def _kept(remarks: list[Remark]) -> Iterator[engine.Grant]:
    for row in selectors.commitments():
        grant = _grant(row)
        if faults := grant.faults():
            _note(remarks, row, faults)
        else:
            yield grant


def _grant(row: dict[str, Any]) -> engine.Grant:
    return engine.Grant(
        giver=row["funder__name"],
        giver_siret=row["funder__siret"],
        signed=timezone.localdate(row["signed"]),
        beneficiary=row["mission__association__name"],
        beneficiary_siret=row["mission__association__siret"],
        purpose=row["mission__need__title"],
        amount=row["amount"],
    )


def _note(remarks: list[Remark], row: dict[str, Any], faults: tuple[str, ...]) -> None:
    if len(remarks) < KEPT:
        remarks.append(
            Remark(
                kind="left_out",
                text=f"Convention avec {row['funder__name']} : {' ; '.join(faults).rstrip('.')}.",
                title=row["mission__need__project__sheet__title"],
                sheet=row["mission__need__project__sheet"],
                network=row["mission__network"],
            )
        )
