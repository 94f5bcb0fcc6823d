"""Dates in French, where the first day of a month is « 1er »."""

import re
from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language

from explor.engines.french.dates import day_fr

DAY_FORMAT = "j F Y"
# A day of the month followed by the name of the month.
DAY = re.compile(r"(?<!\\)j(?= [FNM])")


def french(value: Any, pattern: str) -> str:
    """Return a Django date format that writes « 1er » if `value` is the first day of a month.

    Args:
        value: a date or a time; anything else leaves the format unchanged.
        pattern: the format, or the name of one, such as "DATE_FORMAT".
    """
    if not isinstance(value, date) or value.day != 1 or get_language() != "fr":
        return pattern
    return DAY.sub(r"j\\e\\r", formats.get_format(pattern))


def date_format(value: date | None, pattern: str = "DATE_FORMAT") -> str:
    """Return a date, or a time in Paris, formatted like the template filter `date`; "" for None."""
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if pattern in (DAY_FORMAT, "DATE_FORMAT") and get_language() == "fr":
        return day_fr(value)
    return formats.date_format(value, french(value, pattern))
