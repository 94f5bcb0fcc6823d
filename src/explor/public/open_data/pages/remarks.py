"""Remarks made while a file is written, for the officers of each network."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from .. import selectors
from ..models import Dataset

KEPT = 2000  # remarks of one file


@dataclass(frozen=True, kw_only=True)
class Remark:
    """Remark on one sheet (`sheet` is its key) of a network: left out of the file, or to review."""

    kind: Literal["left_out", "warning"]
    text: str
    title: str
    sheet: int | None
    network: int | None

    def as_dict(self) -> dict[str, Any]:
        """Return the remark as a row keeps it."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class RemarkGroup:
    """One remark, and the sheets that it is about, as (key, title)."""

    text: str
    kind: str
    sheets: list[tuple[int | None, str]]


def remarks_for(network: int) -> list[tuple[Dataset, list[RemarkGroup]]]:
    """Return the remarks of each file on the sheets of a network, equal ones grouped."""
    return [
        (dataset, _grouped([each for each in dataset.remarks if each["network"] == network]))
        for dataset in selectors.checked_datasets()
    ]


def _grouped(remarks: list[dict[str, Any]]) -> list[RemarkGroup]:
    groups: dict[tuple[str, str], RemarkGroup] = {}
    for each in remarks:
        key = (each["kind"], each["text"])
        group = groups.setdefault(key, RemarkGroup(text=each["text"], kind=each["kind"], sheets=[]))
        group.sheets.append((each["sheet"], each["title"]))
    return sorted(groups.values(), key=lambda each: (each.kind, each.text))
