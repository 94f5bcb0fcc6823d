"""Amounts of money and sizes of files in words, for texts made in Python."""

from decimal import Decimal

from django.template.defaultfilters import filesizeformat, floatformat


def euros(amount: Decimal) -> str:
    """Return an amount as the templates write it with `floatformat:"2g"`: « 1 350,00 € »."""
    return f"{floatformat(amount, '2g')} €"


def file_size(size: int) -> str:
    """Return a size in bytes as « 78,3 Go »; Django says Gio, no page of ours does."""
    return filesizeformat(size).replace("io", "o")
