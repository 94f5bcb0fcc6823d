"""Settings that are numbers, read from environment variables."""

import math
import re
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured


def integer(env: Mapping[str, str], name: str, default: int) -> int:
    """Return the value of the variable `name`, or `default` if it is blank.

    Raises:
        ImproperlyConfigured: the value is not an integer, or is negative.
    """
    text = env.get(name) or str(default)
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise ImproperlyConfigured(f"{name} : donnez un nombre entier, comme {default}.")
    return int(text)


def seconds(env: Mapping[str, str], name: str, default: float) -> float:
    """Return the duration in the variable `name`, or `default` if it is blank.

    Raises:
        ImproperlyConfigured: the value is not a number, or is negative.
    """
    try:
        value = float(env.get(name) or default)
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        raise ImproperlyConfigured(f"{name} : donnez des secondes, comme {default}.")
    return value
