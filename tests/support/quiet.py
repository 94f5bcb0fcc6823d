"""A silent log for the tests that provoke thousands of refusals."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture
def unlogged() -> Iterator[None]:
    """Disable the log during a test, as pytest would keep thousands of lines in memory."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)
