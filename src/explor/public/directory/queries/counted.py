"""What the public figures count of the sheets."""

from collections.abc import Iterator
from typing import Any

from ..models import ProjectSheet

COLUMNS = ("network", "year", "countries", "sectors", "sdgs")


def counted() -> Iterator[tuple[Any, ...]]:
    """The columns of each published sheet, in constant memory."""
    found = ProjectSheet.objects.published().order_by().values_list(*COLUMNS)
    return found.iterator(chunk_size=5000)
