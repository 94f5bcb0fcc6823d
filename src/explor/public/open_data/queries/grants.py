"""The money put by public funders on each mission, as the State's file of grants wants it."""

from collections.abc import Iterator
from typing import IO, Any

from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone

from explor.journey.budgets.models import BudgetLine
from explor.journey.releases.models import Signature
from explor.journey.sheets.states import State

from .. import engine
from .remarks import KEPT, Remark

ROW = (
    "mission", "mission__need__title", "mission__association__name", "mission__association__siret",
    "mission__need__project__sheet", "mission__need__project__sheet__title",
    "mission__network", "funder__name", "funder__siret", "signed",
)  # fmt: skip


def write(out: IO[bytes], remarks: list[Remark]) -> int:
    """One line for each mission and funder; those that lack an identity are told."""
    kept = engine.Counted(_kept(remarks))
    for line in engine.grant_lines(kept):
        out.write(line.encode())
    return kept.count


def _kept(remarks: list[Remark]) -> Iterator[engine.Grant]:
    for row in agreements():
        grant = _grant(row)
        if faults := grant.faults():
            _note(remarks, row, faults)
        else:
            yield grant


def agreements() -> Any:
    """What each funder commits to each mission signed and public, with the day of signature."""
    signatures = Signature.objects.filter(release=OuterRef("mission__release")).order_by("-at")
    return (
        BudgetLine.objects.filter(
            funder__isnull=False, mission__need__project__sheet__state=State.PUBLISHED
        )
        .annotate(signed=Subquery(signatures.values("at")[:1]))
        .filter(signed__isnull=False)
        .values("funder", *ROW)
        .annotate(amount=Sum("committed"))
        .filter(amount__gt=0)
        .order_by("mission", "funder")
    )


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
