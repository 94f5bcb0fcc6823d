"""The functions of the engines that projects use: dates and amounts in words, dates typed."""

from decimal import Decimal

from explor.engines.formats import Money, PartialDate
from explor.engines.formats.sheets import CHECK
from explor.engines.french.dates import read_day


def date_in_words(text: str) -> str:
    """Return a full or partial ISO date in French: « 2027-03 » gives « mars 2027 »."""
    return str(PartialDate.parse(text)) if text else ""


def amount_in_words(amount: Decimal | None, currency: str) -> str:
    """Return an amount in French notation: « 12 000,50 € », « 12 000 XOF »; "" for None."""
    return "" if amount is None else str(Money(amount=amount, currency=currency))


def partial_date(text: str, *, last: bool = False) -> str | None:
    """Parse a French date into « 2026 », « 2026-03 » or « 2026-03-12 ».

    With `last`, a quarter gives its last month. None if the text is not a date or is ambiguous.
    """
    try:
        part, remarks = read_day(text, last=last)
    except ValueError:
        return None
    doubtful = any(each.endswith(CHECK) for each in remarks)
    return None if doubtful else PartialDate.from_part(part).iso()
