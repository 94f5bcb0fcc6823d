"""The State's file of grants: one line per funding agreement, fourteen columns, as CSV.

Source: order of 17 November 2017 on the « données essentielles des conventions de subvention ». The
format is strict (ISO dates, decimal points, UTF-8, commas); an invalid grant is refused.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import StringIO

from explor.engines.cells import inert
from explor.engines.formats.sheets import clean_line

from ._identifiers import BadIdentifier, check_siret

COLUMNS = (
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "referenceDecision",
    "nomBeneficiaire",
    "idBeneficiaire",
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
    "datesPeriodeVersement",
    "idRAE",
    "notificationUE",
    "pourcentageSubvention",
)


class Nature(StrEnum):
    MONEY = "aide en numéraire"
    KIND = "aide en nature"


class Payout(StrEnum):
    ONCE = "unique"
    STAGED = "échelonné"
    OTHER = "autre"


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A grant agreement with one beneficiary: a line of the file. `amount` is in euros.

    `share` is the beneficiary's part of the whole grant, above 0 and at most 1.
    """

    giver: str
    giver_siret: str
    signed: date
    beneficiary: str
    beneficiary_siret: str
    purpose: str
    amount: Decimal
    natures: tuple[Nature, ...] = (Nature.MONEY,)
    payout: Payout = Payout.ONCE
    first_payment: date | None = None
    last_payment: date | None = None
    decision: str = ""
    rae: str = ""
    notified: bool = False
    share: Decimal = Decimal(1)

    def faults(self) -> tuple[str, ...]:
        """Return, in French, the reasons why the grant cannot be written; empty when it can."""
        texts = (
            ("nomAttribuant", self.giver),
            ("nomBeneficiaire", self.beneficiary),
            ("objet", self.purpose),
            ("nature", "".join(self.natures)),
        )
        faults = [f"{name} : à remplir" for name, text in texts if not clean_line(text)]
        for name, siret in (
            ("idAttribuant", self.giver_siret),
            ("idBeneficiaire", self.beneficiary_siret),
        ):
            try:
                check_siret(siret)
            except BadIdentifier as fault:
                faults.append(f"{name} : {fault}")
        if not (self.amount.is_finite() and self.amount >= 0):
            faults.append("montant : un nombre positif est attendu")
        if not (self.share.is_finite() and 0 < self.share <= 1):
            faults.append("pourcentageSubvention : entre 0 et 1")
        if self.first_payment and self.last_payment and self.last_payment < self.first_payment:
            faults.append("datesPeriodeVersement : la fin précède le début")
        return tuple(faults)


def grant_lines(grants: Iterable[Grant]) -> Iterator[str]:
    """Yield the lines of the CSV file of grants, headings first.

    Raises ValueError at the first grant that cannot be written (see `Grant.faults`).
    """
    yield _line(COLUMNS)
    for number, grant in enumerate(grants, 1):
        if faults := grant.faults():
            raise ValueError(f"convention {number} : {' ; '.join(faults)}")
        yield _line(_cells(grant))


def _line(cells: Iterable[str]) -> str:
    text = StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _cells(grant: Grant) -> Iterator[str]:
    days = dict.fromkeys(
        day.isoformat() for day in (grant.first_payment, grant.last_payment) if day
    )
    texts = (grant.decision, grant.beneficiary, grant.purpose, grant.rae, grant.giver)
    decision, beneficiary, purpose, rae, giver = (inert(clean_line(text)) for text in texts)
    yield from (giver, check_siret(grant.giver_siret), grant.signed.isoformat(), decision)
    yield from (beneficiary, check_siret(grant.beneficiary_siret), purpose, f"{grant.amount:.2f}")
    yield from (";".join(grant.natures), grant.payout, "_".join(days), rae)
    yield from ("oui" if grant.notified else "non", f"{grant.share.normalize():f}")
