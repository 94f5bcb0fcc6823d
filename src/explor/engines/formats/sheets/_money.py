"""An amount with its currency.

An unknown amount is None, never zero.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from explor.engines.french.amounts import Unit, read_amount

LARGEST = Decimal("1e13")
_CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Money:
    """An amount to the cent, from 0 to 10^13 (excluded), in a currency (ISO 4217 code).

    Raises ValueError for any other amount or currency.
    """

    amount: Decimal
    currency: str = "EUR"

    def __post_init__(self) -> None:
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise ValueError(f"monnaie inconnue : « {self.currency[:20]} »")
        if not self.amount.is_finite() or not 0 <= self.amount < LARGEST:
            raise ValueError("montant négatif ou démesuré")
        if self.amount != self.amount.quantize(_CENT):
            raise ValueError("montant plus fin que le centime")
        object.__setattr__(self, "amount", self.amount.quantize(_CENT) + 0)

    @classmethod
    def parse(cls, text: str) -> "Money":
        """Return the amount in « 199.293 € », « 1 234,50 EUR » or « 150 k€ ».

        Raises ValueError, with a French message, for a text that is not an amount with a currency.
        """
        return cls.understood(text)[0]

    @classmethod
    def understood(
        cls,
        text: str,
        *,
        unit: Unit | None = None,
        countries: Sequence[str] = (),
        strict: bool = False,
    ) -> tuple["Money", tuple[str, ...]]:
        """Return the amount in a text and remarks in French; see `read_amount` for the arguments.

        Raises ValueError, with a French message, for a text that is not an amount with a currency.
        """
        amount = read_amount(text, unit=unit, countries=countries, strict=strict)
        if amount.currency is None:
            raise ValueError("monnaie absente (attendu : « 12 000 € »)")
        return cls(amount=amount.value, currency=amount.currency), amount.remarks

    def __str__(self) -> str:
        units, cents = f"{self.amount:.2f}".split(".")
        grouped = f"{int(units):,}".replace(",", " ")
        decimals = "" if cents == "00" else f",{cents}"
        return f"{grouped}{decimals} {'€' if self.currency == 'EUR' else self.currency}"
