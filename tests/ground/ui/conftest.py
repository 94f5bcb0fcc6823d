from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine


@pytest.fixture
def time_machine_at_noon() -> Iterator[None]:
    """Set the clock to 5 April 2027, noon in Paris."""
    with time_machine.travel(datetime(2027, 4, 5, 10, 0, tzinfo=UTC), tick=False):
        yield
