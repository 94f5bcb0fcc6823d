"""The rate limits of requests; see `ground/http/limits.py` and `ground/http/overload.py`."""

import re
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

# In each process: how many requests run at once, how many wait for their turn, and how many threads
# the server has, two of which are left for the health check and for 503 responses.
REQUESTS_AT_ONCE = (4, 6)
THREADS = sum(REQUESTS_AT_ONCE) + 2

# Requests a minute of each kind, by person (or device, for a mission book) and by address; 0 for no
# limit.
DEFAULTS = {
    "sends": "300/3000",
    "uploads": "60/600",
    "costly": "120/1200",
    "api": "0/600",
    "diary": "60/600",
}


def limits_of(env: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Return {kind: (limit by person, limit by address)}, overridden by environment variables.

    Raises:
        ImproperlyConfigured: a variable is not two numbers such as « 300/3000 ».
    """
    limits = {}
    for kind, default in DEFAULTS.items():
        name = f"EXPLOR_LIMIT_{kind.upper()}"
        numbers = re.fullmatch(r"(\d{1,6})/(\d{1,6})", env.get(name) or default, re.ASCII)
        if numbers is None:
            raise ImproperlyConfigured(f"{name} : donnez deux nombres, comme {default}.")
        limits[kind] = (int(numbers[1]), int(numbers[2]))
    return limits
