"""Silence for the tests that provoke thousands of refusals."""

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture
def unlogged() -> Iterator[None]:
    """Log nothing during a test of thousands of refusals, which pytest would keep in memory."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)
