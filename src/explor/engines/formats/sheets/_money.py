"""An amount with its currency.

An unknown amount is None, never zero.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

LARGEST = Decimal("1e13")
_CENT = Decimal("0.01")
_SIGNS = {"€": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "£": "GBP"}
_AMOUNT = re.compile(
    r"([\d .,']*\d)\s*(?:(k|m|mds?|millions?|milliers?)(?![a-z]))?\s*(?:d['’]\s*)?(\D*)", re.I
)
_SCALES = {"k": 10**3, "millier": 10**3, "m": 10**6, "million": 10**6, "md": 10**9}


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
        bare = " ".join(text.split())
        match = _AMOUNT.fullmatch(bare) if len(bare) <= 80 else None
        if not match:
            raise ValueError(f"montant incompris : « {bare[:60]} » (attendu : « 12 000 € »)")
        figures, scale, unit = match.groups()
        factor = _SCALES[scale.lower().rstrip("s")] if scale else 1
        return cls(amount=_decimal(figures) * factor, currency=_currency(unit))

    def __str__(self) -> str:
        units, cents = f"{self.amount:.2f}".split(".")
        grouped = f"{int(units):,}".replace(",", " ")
        decimals = "" if cents == "00" else f",{cents}"
        return f"{grouped}{decimals} {'€' if self.currency == 'EUR' else self.currency}"


def _currency(unit: str) -> str:
    name = unit.strip(" .")
    if not name:
        raise ValueError("monnaie absente (attendu : « 12 000 € »)")
    if "CFA" in name.upper():
        raise ValueError("franc CFA : précisez XOF (Afrique de l’Ouest) ou XAF (Afrique centrale)")
    return _SIGNS.get(name.lower(), name.upper() if len(name) == 3 else name)


def _decimal(figures: str) -> Decimal:
    """Return a number whose thousands are separated by spaces, dots, commas or apostrophes.

    The decimals follow a comma or a dot. Raises ValueError, in French, when the text is ambiguous.
    """
    bare = re.sub(r"[ ']", "", figures)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d{1,2})?|\d+(,\d{1,2})?", bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+\.\d{1,2}|\d{1,3}(,\d{3})+\.\d{2}", bare):
        return Decimal(bare.replace(",", ""))
    raise ValueError(f"montant ambigu : « {figures[:60]} » (attendu : « 12 000,50 € »)")
