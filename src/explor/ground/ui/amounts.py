"""Amounts of money and file sizes formatted in French, for texts built in Python."""

from decimal import Decimal

from django.template.defaultfilters import filesizeformat, floatformat


def euros(amount: Decimal, *, short: bool = False) -> str:
    """Return an amount formatted like `floatformat:"2g"` in templates: « 1 350,00 € ».

    Args:
        amount: in euros.
        short: leave out the cents when there are none: « 1 350 € ».
    """
    return f"{floatformat(amount, '-2g' if short else '2g')} €"


def file_size(size: int) -> str:
    """Return a size in bytes as « 78,3 Go »; Django's filter would write « Gio »."""
    return filesizeformat(size).replace("io", "o")
