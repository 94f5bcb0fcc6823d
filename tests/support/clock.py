"""Run the tests at another moment: `EXPLOR_CLOCK=2027-03-28T01:59:30+01:00 pytest ...`.

Each test starts at that moment, then time passes. The database keeps its own clock.
"""

import os
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

MOMENT = os.environ.get("EXPLOR_CLOCK", "")


@pytest.fixture(autouse=True)
def moved_clock() -> Iterator[None]:
    """Start the test at the moment given by the environment, if any."""
    if not MOMENT:
        yield
        return
    with time_machine.travel(datetime.fromisoformat(MOMENT)):
        yield
