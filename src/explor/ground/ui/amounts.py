"""Counts, amounts of money and file sizes formatted in French, for texts built in Python."""

from decimal import Decimal

from django.template.defaultfilters import filesizeformat, floatformat


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its words: « 0 profil », « 1 profil », « 1 350 profils ».

    Args:
        one: the words that follow 0 and 1.
        many: the words that follow larger counts; `one` with an « s » by default.
    """
    return f"{floatformat(count, 'g')} {one if count < 2 else many or one + 's'}"


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
