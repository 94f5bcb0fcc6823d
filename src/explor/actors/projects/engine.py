"""The only bridge of projects to the engines: dates and amounts in words."""

from decimal import Decimal

from explor.engines.formats import Money, PartialDate


def date_in_words(text: str) -> str:
    """Return a date that may lack its day or month in words: « 2027-03 » gives « mars 2027 »."""
    return str(PartialDate.parse(text)) if text else ""


def amount_in_words(amount: Decimal | None, currency: str) -> str:
    """Return an amount as « 12 000,50 € », or « 12 000 XOF »; "" for None."""
    return "" if amount is None else str(Money(amount=amount, currency=currency))
